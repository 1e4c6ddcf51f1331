// A portal as in production: nginx.conf.example's servers with TLS, HSTS, rates and names, on loopback, before
// programs that believe they are reached by https.  Nothing else is ever asked for.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { Portal, build, root } from '../support/portal.mjs';

export const PORTAL_NAME = 'portal.example';
export const STAFF_NAME = 'staff.portal.example';
// Where the portal answers without being called by a name, for tools that send none.
export const NAMELESS = '127.0.0.2';

export class TlsPortal extends Portal {
    constructor(folder, port) {
        const tlsPort = port + 1;
        super(folder, port, {
            FAIRWAY_BASE_URL: `https://${PORTAL_NAME}:${tlsPort}`, FAIRWAY_STAFF_URL: `https://${STAFF_NAME}:${tlsPort}`,
            DEMO: '1', SCALE: '',
        });
        Object.assign(this, { tlsPort, plainPort: port + 2, sockets: new Set() });
        this.certificate = join(folder, 'tls.pem');
        this.settings = join(folder, 'run', 'tls.conf');
    }

    originOf(name) {
        return `https://${name}:${this.tlsPort}`;
    }

    nginx(...words) {
        execFileSync('nginx', ['-p', `${this.folder}/`, '-c', this.settings, '-e', join(this.folder, 'log', 'tls-error.log'), ...words],
            { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }, stdio: ['ignore', 'inherit', 'ignore'] });
    }

    makeCertificate() {
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
            '-subj', `/CN=${PORTAL_NAME}`, '-addext', `subjectAltName=DNS:${PORTAL_NAME},DNS:${STAFF_NAME},IP:${NAMELESS}`,
            '-keyout', join(this.folder, 'tls.key'), '-out', this.certificate], { stdio: 'ignore' });
        this.ca = readFileSync(this.certificate);
    }

    // The example's text with this portal's places in it; rules and limits stay the example's.
    writeSettings() {
        const temporary = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi']
            .map((kind) => `    ${kind}_temp_path ${this.folder}/tmp/tls-${kind};\n`).join('');
        const text = readFileSync(join(root, 'nginx.conf.example'), 'utf8')
            .replace(/^user .*$/m, process.getuid() === 0 ? 'user root;' : '')
            .replace(/^worker_processes .*$/m, 'worker_processes 2;')
            .replace('http {\n', `http {\n${temporary}`)
            .replace(/^\s*listen \[::\].*\n/gm, '')
            .replace(/listen 80\b/g, `listen 127.0.0.1:${this.plainPort}`)
            .replace(/listen 443 ([^;]*);(\s*server_name [a-z])/g, `listen 443 $1;\n        listen ${NAMELESS}:${this.tlsPort} $1;$2`)
            .replace(/listen 443\b/g, `listen 127.0.0.1:${this.tlsPort}`)
            .replaceAll('/etc/ssl/fairway/portal.pem', this.certificate)
            .replaceAll('/etc/ssl/fairway/portal.key', join(this.folder, 'tls.key'))
            .replaceAll('unix:/run/fairway/', `unix:${this.folder}/run/`)
            .replaceAll('/run/nginx.pid', join(this.folder, 'run', 'tls.pid'))
            .replaceAll('/var/log/nginx/', join(this.folder, 'log', 'tls-'))
            .replaceAll('/opt/fairway/share', build);
        writeFileSync(this.settings, text);
    }

    // The way in without TLS is closed once the programs have answered there.
    async start() {
        this.stop();
        rmSync(this.folder, { recursive: true, force: true });
        super.start();
        process.kill(Number(readFileSync(join(this.folder, 'run', 'nginx.pid'), 'utf8')), 'SIGQUIT');
        this.makeCertificate();
        this.writeSettings();
        this.nginx();
        this.proxy = await this.listen();
    }

    stop() {
        for (const socket of this.sockets)
            socket.destroy();
        this.server?.close();
        try {
            process.kill(Number(readFileSync(join(this.folder, 'run', 'tls.pid'), 'utf8')), 'SIGTERM');
        } catch {
            // none runs
        }
        super.stop();
    }

    restartDatabase() {
        execFileSync(join(root, 'conf', 'scripts', 'db'), ['start', this.folder, 'fairway'], { cwd: root, env: this.environment, stdio: 'ignore' });
    }

    // A proxy for tools that look names up: whatever they ask for, they reach this portal and nothing else.  Each
    // connection comes from another address of loopback, so that nginx's rates do not hide what the programs do.
    listen() {
        let count = 0;
        this.server = createServer((socket) => {
            this.keep(socket);
            socket.once('data', (head) => {
                if (!/^CONNECT /.test(head.toString('latin1')))
                    return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
                const far = connect({ host: NAMELESS, port: this.tlsPort, localAddress: `127.0.7.${1 + count++ % 250}` },
                    () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
                this.keep(far);
                far.on('close', () => socket.destroy());
                socket.on('close', () => far.destroy());
                return far.pipe(socket).pipe(far);
            });
        });
        return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${this.server.address().port}`)));
    }

    keep(socket) {
        this.sockets.add(socket);
        socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
    }
}

// Every route of every program, as tests/tools/routes.c prints them.
export function readRoutes() {
    const list = (text) => (text === '-' ? [] : text.split(','));
    return execFileSync(join(build, 'tests', 'tools', 'routes'), { encoding: 'utf8' }).trim().split('\n').map((line) => {
        const [program, name, method, audience, path, object, query, form] = line.split('\t');
        return { program, name, method, audience, path, object, query: list(query), form: list(form) };
    });
}
