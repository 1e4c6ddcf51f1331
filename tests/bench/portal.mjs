// A portal to measure: one folder a size under BUILD/bench/, loaded once and kept; log-in through the forms
// of the pages; the statements that a page runs, as the server saw them.

import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { build, cores, root } from './measure.mjs';

export const programs = ['public', 'login', 'partner', 'customer', 'staff'];
const port = Number(process.env.BENCH_PORT ?? 18080);
export const workersOf = (perCore) => String(process.env.FAIRWAY_WORKERS ?? perCore * cores);

// SCALE accounts and registrations besides the demo company; 0: the demo company alone.
export class Portal {
    constructor(scale, workers) {
        this.scale = scale;
        this.workers = Number(workers);
        this.address = `http://127.0.0.1:${port}`;
        this.folder = join(build, 'bench', String(scale));
        this.environment = { ...process.env, B: build, FAIRWAY_VAR: this.folder, PORT: String(port),
            FAIRWAY_WORKERS: String(workers), SCALE: scale > 0 ? String(scale) : '' };
        for (const name of ['FAIRWAY_CONF', 'FAIRWAY_DEV', 'FAIRWAY_BASE_URL', 'FAIRWAY_CLAMD_SOCKET', 'FAIRWAY_SMTP_URL'])
            delete this.environment[name];
    }

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

    // The first process of each group of programs.
    groups(...names) {
        const files = { mariadbd: 'db' };
        return Object.fromEntries(names.map((name) =>
            [name, Number(readFileSync(join(this.folder, 'run', `${files[name] ?? name}.pid`), 'latin1'))]));
    }

    // All that belongs to the portal: what of it works in the background is not foreign.
    allGroups() {
        return this.groups('mariadbd', 'nginx', ...programs, 'worker');
    }

    // What a program's own environment would say, for tools that stand in for it.
    programEnvironment(program) {
        return { ...this.environment, FAIRWAY_BASE_URL: this.address, FAIRWAY_TEMPLATES: join(root, 'templates'),
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
        return readFileSync(join(this.folder, 'demo-people.csv'), 'utf8').trim().split('\n').slice(1)
            .map((line) => line.replaceAll('"', '').split(','))
            .map(([email, password, audience, role, secret]) => ({ email, password, audience, role, secret }));
    }

    // The log line of the last request to PROGRAM for PATH's route.
    lastRequest(program) {
        const path = join(this.folder, 'log', `${program}.log`), size = statSync(path).size;
        const bytes = Buffer.alloc(Math.min(size, 65536)), file = openSync(path, 'r');
        readSync(file, bytes, 0, bytes.length, size - bytes.length);
        closeSync(file);
        const lines = bytes.toString('utf8').split('\n').filter((line) => line.includes('"event":"request"'));
        return lines.length > 0 ? JSON.parse(lines.at(-1)) : {};
    }
}

export function sizes() {
    return (process.env.SCALES ?? '10000').split(/\s+/).filter(Boolean).map(Number);
}

// -- a visitor ----------------------------------------------------------------------------------------

function oneTimeCode(secret) {
    const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c)
        .toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
    const mac = createHmac('sha1', key).update(step).digest(), at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

export class Visitor {
    constructor(portal) {
        this.portal = portal;
        this.cookies = new Map();
    }

    cookie() {
        return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    }

    async send(path, body) {
        const answer = await fetch(this.portal.address + path, { method: body ? 'POST' : 'GET', redirect: 'manual', body,
            headers: { cookie: this.cookie(), 'accept-language': 'en', ...(body ? { origin: this.portal.address } : {}) } });
        for (const [, name, value] of answer.headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/.exec(line)))
            value === '' ? this.cookies.delete(name) : this.cookies.set(name, value);
        return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
    }

    // Fills the form of a page that posts to its own address.
    async fill(path, values) {
        const page = await this.send(path);
        const body = new URLSearchParams();
        for (const [input] of page.text.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
            body.set(/name="([^"]*)"/.exec(input)[1], (/value="([^"]*)"/.exec(input)?.[1] ?? '').replaceAll('&#39;', "'"));
        for (const [name, value] of Object.entries(values))
            body.set(name, value);
        return this.send(path, body);
    }

    async logIn(person) {
        let answer = await this.fill('/login', { email: person.email, password: person.password });
        if (answer.to?.startsWith('/2fa'))
            answer = await this.fill('/2fa', { code: oneTimeCode(person.secret) });
        if (answer.status === 422) { // a code counts once: the next one comes within half a minute
            await new Promise((done) => setTimeout(done, 30000 - Date.now() % 30000 + 100));
            answer = await this.fill('/2fa', { code: oneTimeCode(person.secret) });
        }
        if (answer.status !== 303 && answer.status !== 302)
            throw new Error(`${person.email} cannot log in: ${answer.status}`);
    }
}

// -- statements of a page -----------------------------------------------------------------------------

const literal = String.raw`((?:DATE|TIMESTAMP)?'(?:[^'\\]|\\[\s\S]|'')*'|-?\d+(?:\.\d+)?|NULL)`;
const escapes = { 0: '\0', n: '\n', r: '\r', Z: '\x1a', t: '\t', b: '\b' };

function bindOf(text) {
    if (!text.endsWith("'"))
        return text;
    const bytes = text.slice(text.indexOf("'") + 1, -1).replace(/''|\\([\s\S])/g, (both, c) => (c === undefined ? "'" : escapes[c] ?? c));
    return `@${Buffer.from(bytes, 'latin1').toString('hex')}`;
}

// Finds the statements that WORK makes PROGRAM run, as tests/bench/floor takes them: NAME:BINDS.  The server
// writes them down with their values only when it did so as they were prepared: see recording().
export async function statementsOf(portal, program, work) {
    const log = join(portal.folder, 'tmp', 'statements.log');
    const known = execFileSync(join(build, 'tests', 'bench', 'floor'), [program], { encoding: 'latin1' }).split('\0')
        .filter(Boolean).map((entry) => entry.split('\t', 2)).map(([name, sql]) => ({ name, pattern:
            new RegExp(`^${sql.replace(/[.*+^$(){}|[\]\\]/g, '\\$&').replaceAll('?', literal)}$`) }));
    const before = statSync(log).size;
    await work();
    const threads = new Set(portal.sql('SELECT id, user FROM information_schema.processlist')
        .filter(([, user]) => user === `fw_${program}`).map(([id]) => id));
    const text = readFileSync(log, 'latin1').slice(before);
    const starts = [...text.matchAll(/^(?:\d{6}\s+[\d:]+)?\t+ *(\d+) ([A-Z][\w ]*?)\t/gm)];
    return starts.flatMap((start, i) => {
        if (start[2] !== 'Execute' || !threads.has(start[1]))
            return [];
        const sql = text.slice(start.index + start[0].length, starts[i + 1]?.index).trimEnd();
        for (const { name, pattern } of known) {
            const found = pattern.exec(sql);
            if (found)
                return [`${name}:${found.slice(1).map(bindOf).join(',')}`];
        }
        throw new Error(`no statement of ${program}: ${sql}`);
    });
}

// Runs WORK while the server writes down what it executes; programs start anew before and after.
export async function recording(portal, work) {
    const log = join(portal.folder, 'tmp', 'statements.log');
    rmSync(log, { force: true });
    portal.sql(`SET GLOBAL log_output = 'FILE', general_log_file = '${log}', general_log = 1`);
    portal.start();
    try {
        return await work();
    } finally {
        portal.sql('SET GLOBAL general_log = 0');
        portal.start();
    }
}
