// A mail server that takes everything and counts: how often did a Message-ID come?

import { createServer } from 'node:net';

export class MailServer {
    constructor() {
        this.taken = new Map(); // Message-ID -> how often
        this.sockets = new Set();
        this.server = createServer((socket) => this.serve(socket));
    }

    async listen() {
        await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
        return `smtp://127.0.0.1:${this.server.address().port}`;
    }

    serve(socket) {
        let text = '', inData = false;
        this.sockets.add(socket);
        socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
        socket.setEncoding('utf8').write('220 kill.test\r\n');
        socket.on('data', (piece) => {
            text += piece;
            for (;;) {
                const end = inData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
                if (end < 0)
                    return;
                const part = text.slice(0, end);
                text = text.slice(end + (inData ? 5 : 2));
                socket.write(inData ? this.take(part) : this.answer(part));
                inData = !inData && /^DATA/i.test(part);
            }
        });
    }

    answer(line) {
        return /^DATA/i.test(line) ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 yes\r\n';
    }

    // Taken from the moment at which it says so: the worker may die before it hears it.
    take(message) {
        const id = /^Message-ID:\s*<([^>]*)>/im.exec(message)?.[1] ?? '?';
        this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
        return '250 taken\r\n';
    }

    close() {
        for (const socket of this.sockets)
            socket.destroy();
        this.server.close();
    }
}
