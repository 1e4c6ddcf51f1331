// Those who ask for pages in turn over connections that are kept: at a rate, whether or not earlier ones were
// answered, or by so many clients without a pause.  They have a thread of their own, so that nothing else that
// the test does makes them wait, and nothing here grows with how much is asked.

import net from 'node:net';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

const TICK_MS = 2, TELL_MS = 50, BUCKETS = 600;
const SOCKETS_MOST = 240; // nginx of `make run` has 512 connections a process, a request takes two

// Buckets of 4 %: from 0.1 ms on.
const bucketOf = (ms) => Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log(ms / 0.1) / Math.log(1.04))));

// What SHARE of those that WAITS counts waited at most.
export function msOf(waits, share) {
    let left = Math.ceil(waits.reduce((sum, count) => sum + count, 0) * share);
    return Number((0.1 * 1.04 ** (waits.findIndex((count) => (left -= count) <= 0) + 1)).toFixed(1));
}

// -- one connection -----------------------------------------------------------------------------------

class Wire {
    constructor(crowd) {
        this.crowd = crowd;
        this.answers = 0;
        this.socket = net.connect({ host: '127.0.0.1', port: crowd.port, noDelay: true });
        this.socket.on('data', (data) => this.take(data));
        this.socket.on('error', (fault) => (this.why = fault.code));
        this.socket.on('close', () => this.lost());
    }

    ask(asked) {
        this.asked = asked;
        this.head = '';
        this.left = -1;
        this.socket.write(asked.page.text);
    }

    take(data) {
        let bytes = data.length;
        if (this.left < 0) {
            this.head += data.toString('latin1');
            const end = this.head.indexOf('\r\n\r\n');
            if (end < 0)
                return;
            bytes = this.head.length - end - 4;
            this.head = this.head.slice(0, end);
            this.left = this.size = Number(/^content-length: *(\d+)/im.exec(this.head)?.[1] ?? NaN);
        }
        this.left -= bytes;
        if (!(this.left > 0))
            this.answered();
    }

    answered() {
        const { asked, head } = this, last = /^connection: *close/im.test(head);
        this.asked = undefined;
        this.answers++;
        if (last)
            this.socket.destroy();
        this.crowd.note(asked, { status: Number(head.slice(9, 12)), whole: this.left === 0 && this.size > 0,
            later: /^retry-after:/im.test(head) });
        this.crowd.free(last ? undefined : this);
    }

    // A connection that waited for its next request may be closed just then, as when nginx is reloaded: whoever
    // asks for a page asks again, as every browser does (RFC 9112, 9.3.1).
    lost() {
        this.gone = true;
        const asked = this.asked;
        if (asked === undefined)
            return;
        this.asked = undefined;
        if (this.answers > 0 && this.head === '')
            this.crowd.again(asked);
        else
            this.crowd.fault(asked, this.why ?? 'closed');
        this.crowd.free();
    }
}

// -- all of them --------------------------------------------------------------------------------------

// RATE a second, of whom PATIENT wait when all connections are taken and the others go away; or CLIENTS.
class Crowd {
    constructor({ port, pages, rate, patient, clients }) {
        Object.assign(this, { port, rate, patient, clients });
        this.pages = pages.map(([path, cookie]) => ({ path, text: `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`
            + `Accept-Language: en\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n` }));
        this.waits = new Array(BUCKETS).fill(0);
        Object.assign(this, { idle: [], queue: [], flying: 0, turn: 0, owed: 0, over: false });
        this.told = { offered: 0, accepted: 0, refused: 0, unasked: 0, repeated: 0, wrong: 0, faults: {} };
    }

    begin() {
        this.began = this.ticked = performance.now();
        if (this.rate)
            this.timer = setInterval(() => this.tick(), TICK_MS);
        else
            for (let i = 0; i < this.clients; i++)
                this.come();
    }

    tick() {
        const now = performance.now();
        this.owed += this.rate * (now - this.ticked) / 1000;
        for (this.ticked = now; this.owed >= 1; this.owed--)
            this.come();
    }

    come() {
        const asked = { page: this.pages[this.turn++ % this.pages.length], at: performance.now() };
        this.told.offered++;
        if (this.flying < SOCKETS_MOST)
            this.send(asked);
        else if (this.queue.length < this.patient)
            this.queue.push(asked);
        else
            this.told.unasked++;
    }

    send(asked) {
        let wire = this.idle.pop();
        while (wire?.gone)
            wire = this.idle.pop();
        this.flying++;
        (wire ?? new Wire(this)).ask(asked);
    }

    free(wire) {
        this.flying--;
        if (wire)
            this.idle.push(wire);
        if (this.queue.length > 0)
            this.send(this.queue.shift());
        else if (this.clients && !this.over)
            this.come();
    }

    again(asked) {
        this.told.repeated++;
        this.queue.unshift(asked);
    }

    fault({ page }, what) {
        this.told.wrong++;
        this.told.faults[`${page.path} ${what}`] = (this.told.faults[`${page.path} ${what}`] ?? 0) + 1;
    }

    note(asked, { status, whole, later }) {
        if (status === 503 && later) {
            this.told.refused++;
        } else if (status === 200 && whole) {
            this.told.accepted++;
            this.waits[bucketOf(performance.now() - asked.at)]++;
        } else {
            this.fault(asked, status);
        }
    }

    async end() {
        clearInterval(this.timer);
        this.over = true;
        const seconds = (performance.now() - this.began) / 1000, ended = performance.now();
        while (this.flying > 0)
            await new Promise((done) => { setTimeout(done, 5); });
        for (const wire of this.idle)
            wire.socket.destroy();
        return { ...this.told, seconds, waits: this.waits, drainedMs: performance.now() - ended };
    }
}

if (!isMainThread) {
    const crowd = new Crowd(workerData);
    const telling = setInterval(() => parentPort.postMessage({ accepted: crowd.told.accepted }), TELL_MS);
    parentPort.once('message', async () => {
        const result = await crowd.end();
        clearInterval(telling);
        parentPort.postMessage({ result });
    });
    crowd.begin();
}

// -- from outside -------------------------------------------------------------------------------------

export class Load {
    constructor(portal, pages, how) {
        this.accepted = 0;
        this.thread = new Worker(new URL(import.meta.url), { workerData: { port: Number(new URL(portal.address).port), pages, patient: 0, ...how } });
        this.ended = new Promise((done, failed) => {
            this.thread.on('error', failed);
            this.thread.on('message', ({ accepted, result }) => (result ? done(result) : (this.accepted = accepted)));
        });
    }

    async end() {
        this.thread.postMessage('end');
        const result = await this.ended;
        this.accepted = result.accepted;
        await this.thread.terminate();
        const told = Object.entries(result.faults).map(([what, count]) => `${what} ${count} times`).join(', ');
        return { ...result, ms: (share) => msOf(result.waits, share),
            told: told === '' ? '' : `: ${told}` };
    }
}
