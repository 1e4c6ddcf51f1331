// Who attacks: requests over TLS from an address of its own, raw bytes, and people with cookies.

import { request } from 'node:https';
import { connect } from 'node:tls';
import { codeOf, hiddenOf, nextCode } from '../support/portal.mjs';
import { workbookText } from '../support/workbook.mjs';
import { PORTAL_NAME, STAFF_NAME } from './portal.mjs';

const ANSWER_MS = 30000;
let lastAddress = 0;

// An address of loopback that nobody else has.
export function anotherAddress() {
    const n = lastAddress++, third = 10 + Math.floor(n / 250);
    return `127.${Math.floor(third / 250)}.${third % 250}.${1 + n % 250}`;
}

const isWorkbook = (answer) => /spreadsheetml/.test(answer.headers['content-type'] ?? '');

// { status, headers, cookies, to, text, ms, waited }; waited is without connecting, text what a workbook holds.  Options: name, from, method,
// headers, body, host.
export function ask(portal, path, options = {}) {
    const { name = PORTAL_NAME, from = anotherAddress(), body, headers = {}, method = body === undefined ? 'GET' : 'POST' } = options;
    const began = performance.now();
    let connected = began;
    return new Promise((done, fail) => {
        const sent = request({
            host: '127.0.0.1', port: portal.tlsPort, servername: name, ca: portal.ca, localAddress: from, path, method,
            agent: false, timeout: ANSWER_MS,
            headers: { host: options.host ?? `${name}:${portal.tlsPort}`, 'accept-language': 'en', ...headers },
        }, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, cookies: answer.headers['set-cookie'] ?? [],
                to: answer.headers.location, text: (isWorkbook(answer) ? workbookText : String)(Buffer.concat(parts)), ms: performance.now() - began, waited: performance.now() - connected }));
        });
        sent.on('socket', (socket) => socket.on('secureConnect', () => (connected = performance.now())));
        sent.on('timeout', () => sent.destroy(new Error(`${path}: no answer within ${ANSWER_MS / 1000} s`)));
        sent.on('error', fail);
        sent.end(body);
    });
}

// Writes BYTES as they are and gives everything that comes back until the end, or after SECONDS.
export function raw(portal, bytes, seconds = 5) {
    return new Promise((done) => {
        let text = '';
        const socket = connect({ host: '127.0.0.1', port: portal.tlsPort, servername: PORTAL_NAME, ca: portal.ca, localAddress: anotherAddress() },
            () => socket.write(Buffer.from(bytes, 'latin1')));
        const finish = () => {
            socket.destroy();
            done(text);
        };
        socket.setTimeout(seconds * 1000, finish).on('data', (part) => (text += part.toString('latin1'))).on('end', finish).on('error', finish);
    });
}

export const statusOf = (text) => Number(/^HTTP\/1\.[01] (\d+)/.exec(text)?.[1] ?? 0);

// The form of TEXT that is sent to an address that ends so.
export const formOf = (text, action) => text.match(new RegExp(`<form[^>]*action="[^"]*${action}"[\\s\\S]*?</form>`))?.[0];

// A body of fields; what comes twice is a list of values.
export const encode = (fields) => new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields)).toString();

export class Person {
    constructor(portal, row, name = row?.audience === 'staff' ? STAFF_NAME : PORTAL_NAME) {
        Object.assign(this, { portal, row, name, from: anotherAddress(), cookies: new Map() });
    }

    cookie() {
        return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    }

    async get(path, headers = {}) {
        return this.keep(await ask(this.portal, path, { name: this.name, from: anotherAddress(), headers: { cookie: this.cookie(), ...headers } }));
    }

    // FIELDS is a map or a list; a Buffer goes as it is, with its own type in HEADERS.
    async post(path, fields, headers = {}) {
        const body = Buffer.isBuffer(fields) ? fields : encode(fields);
        return this.keep(await ask(this.portal, path, { name: this.name, from: anotherAddress(), body, headers: {
            cookie: this.cookie(), origin: this.portal.originOf(this.name), 'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body), ...headers } }));
    }

    keep(answer) {
        for (const [, name, value] of answer.cookies.map((line) => /^([^=]+)=([^;]*)/.exec(line)))
            value === '' ? this.cookies.delete(name) : this.cookies.set(name, value);
        return answer;
    }

    async fill(path, values) {
        const page = await this.get(path);
        return this.post(path, { ...hiddenOf(page.text), ...values });
    }

    async logIn() {
        let answer = await this.fill('/login', { email: this.row.email, password: this.row.password });
        for (let tries = 0; tries < 3 && (tries === 0 ? answer.to?.startsWith('/2fa') : answer.status === 422); tries++) {
            if (tries > 0)
                await nextCode();
            answer = await this.fill('/2fa', { code: codeOf(this.row.totp_secret) });
        }
        if (!/^\/(partner|customer|staff)\//.test(answer.to ?? ''))
            throw new Error(`${this.row.email} cannot log in at ${this.name}: ${answer.status} ${answer.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 300)}`);
        return this;
    }
}
