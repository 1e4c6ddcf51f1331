// What scripts that drive a whole portal share: the portal's folder, its people, a visitor who fills forms.

import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const build = resolve(root, process.env.B ?? 'build');
export const CODE_MS = 30000;

// -- people -------------------------------------------------------------------------------------------

// The demo company's people in FOLDER: email, password, audience, role, totp_secret.
export function readPeople(folder) {
    const [head, ...rows] = readFileSync(join(folder, 'demo-people.csv'), 'utf8').trim().split('\n')
        .map((line) => line.replaceAll('"', '').split(','));
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
}

// What the authenticator app of SECRET shows now (RFC 6238).
export function codeOf(secret) {
    const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c)
        .toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / CODE_MS)));
    const mac = createHmac('sha1', key).update(step).digest(), at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// A code counts once: waits until there is another.
export const nextCode = () => wait(CODE_MS - Date.now() % CODE_MS + 100);

// -- a portal -----------------------------------------------------------------------------------------

const STRAY = ['FAIRWAY_CONF', 'FAIRWAY_DEV', 'FAIRWAY_BASE_URL', 'FAIRWAY_CLAMD_SOCKET', 'FAIRWAY_SMTP_URL'];

export class Portal {
    // OPTIONS are programs' own, as FAIRWAY_WORKERS.
    constructor(folder, port, options = {}) {
        this.folder = folder;
        this.address = `http://127.0.0.1:${port}`;
        this.environment = { ...process.env };
        for (const name of STRAY)
            delete this.environment[name];
        Object.assign(this.environment, { B: build, FAIRWAY_VAR: folder, PORT: String(port), ...options });
    }

    // conf/scripts/portal; gives what it says.
    run(...words) {
        return execFileSync(join(root, 'conf', 'scripts', 'portal'), words,
            { cwd: root, env: this.environment, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
    }

    start() {
        this.run('start');
    }

    stop() {
        this.run('stop');
    }

    // What a program's own environment would say, for whoever stands in for it or starts it.
    programEnvironment(program) {
        return { FAIRWAY_BASE_URL: this.address, ...this.environment, FAIRWAY_TEMPLATES: join(root, 'templates'),
            FAIRWAY_SQL_DIR: join(root, 'sql'), FAIRWAY_STATIC_DIR: join(build, 'static'),
            FAIRWAY_LOCALE_DIR: join(build, 'locale'), FAIRWAY_DB_SOCKET: join(this.folder, 'run', 'db.sock'),
            FAIRWAY_DB_NAME: 'fairway', FAIRWAY_DB_USER: `fw_${program}`,
            FAIRWAY_DB_PASSWORD_FILE: join(this.folder, 'secrets', `db_${program}`) };
    }

    // Rows of a statement by the server's administrator, cells by tabs.
    sql(text) {
        return execFileSync('mariadb', ['--no-defaults', `--socket=${this.folder}/run/db.sock`, `--user=${userInfo().username}`,
            '--database=fairway', '--batch', '--skip-column-names', '-e', text], { encoding: 'utf8', maxBuffer: 1 << 28 })
            .split('\n').filter(Boolean).map((line) => line.split('\t'));
    }

    people() {
        return readPeople(this.folder);
    }
}

// -- a visitor ----------------------------------------------------------------------------------------

const ENTITIES = { '&#39;': "'", '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' };

// The hidden fields of a page or of a form in it.
export function hiddenOf(text) {
    const fields = {};
    for (const [input] of text.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
        const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
        fields[/name="([^"]*)"/.exec(input)[1]] = value.replace(/&(?:#39|quot|lt|gt|amp);/g, (mark) => ENTITIES[mark]);
    }
    return fields;
}

// What WORK(signal) resolves to, or an error after MS, whatever becomes of the signal: the timeouts of Node.js
// 18's own AbortSignal are collected as garbage while a fetch waits for them.
export async function within(ms, work) {
    const cut = new AbortController();
    let timer;
    const late = new Promise((_, refuse) => {
        timer = setTimeout(() => {
            cut.abort();
            refuse(new Error(`no answer within ${ms} ms`));
        }, ms);
    });
    try {
        return await Promise.race([work(cut.signal), late]);
    } finally {
        clearTimeout(timer);
    }
}

// Lines of Set-Cookie.  The fetch of Debian's Node.js 18 joins them with commas, which their dates hold too.
export function cookieLines(headers) {
    return headers.getSetCookie?.() ?? (headers.get('set-cookie') ?? '').split(/, *(?=[^;,= ]+=)/).filter(Boolean);
}

export class Visitor {
    constructor(portal) {
        this.portal = portal;
        this.cookies = new Map();
    }

    cookie() {
        return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    }

    async send(path, body, signal) {
        const ask = () => fetch(this.portal.address + path, { method: body ? 'POST' : 'GET', redirect: 'manual', body, signal,
            headers: { cookie: this.cookie(), 'accept-language': 'en', ...(body ? { origin: this.portal.address } : {}) } });
        // A kept connection may lead to a portal that has ended since; what only reads asks again.
        const answer = await (body ? ask() : ask().catch(ask));
        for (const [, name, value] of cookieLines(answer.headers).map((line) => /^([^=]+)=([^;]*)/.exec(line)))
            value === '' ? this.cookies.delete(name) : this.cookies.set(name, value);
        return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
    }

    // Fills the form of a page that posts to its own address.
    async fill(path, values) {
        const page = await this.send(path);
        return this.send(path, new URLSearchParams({ ...hiddenOf(page.text), ...values }));
    }

    async logIn(person) {
        let answer = await this.fill('/login', { email: person.email, password: person.password });
        if (answer.to?.startsWith('/2fa'))
            answer = await this.fill('/2fa', { code: codeOf(person.totp_secret) });
        if (answer.status === 422) {
            await nextCode();
            answer = await this.fill('/2fa', { code: codeOf(person.totp_secret) });
        }
        if (answer.status !== 303 && answer.status !== 302)
            throw new Error(`${person.email} cannot log in: ${answer.status}`);
    }
}
