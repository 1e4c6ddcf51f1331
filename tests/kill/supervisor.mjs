// Keeps a portal's processes there, as a service manager does in production: what ends is started again a
// little later, with nothing left of its group.  And ends them, on purpose.

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build, within } from '../support/portal.mjs';

export const PROGRAMS = ['public', 'login', 'partner', 'customer', 'staff', 'worker'];
const RESTART_MS = 300; // systemd's units say a second
const PATIENCE_MS = 60000;

const BINARIES = { worker: 'fairway-worker', login: 'public.fcgi' };
const binaryOf = (name) => join(build, 'bin', BINARIES[name] ?? `${name}.fcgi`);

export class Supervisor {
    constructor(portal) {
        this.portal = portal;
        this.children = new Map(); // by name
        this.stopping = new Set();
        this.restarts = 0;
    }

    commandOf(name) {
        const folder = this.portal.folder;
        if (name === 'mariadbd')
            return [name, `--defaults-file=${folder}/db.cnf`];
        if (name === 'nginx')
            return [name, '-p', `${folder}/`, '-c', `${folder}/run/nginx.conf`, '-e', `${folder}/log/nginx-error.log`,
                '-g', 'daemon off;'];
        return [binaryOf(name)];
    }

    // The log-ins' program is the public one before another socket.
    environmentOf(name) {
        if (name === 'login')
            return { ...this.portal.programEnvironment('public'), FAIRWAY_SOCKET: `${this.portal.folder}/run/login.sock`, FAIRWAY_WORKERS: '1' };
        return PROGRAMS.includes(name) ? this.portal.programEnvironment(name) : this.portal.environment;
    }

    launch(name) {
        const [command, ...words] = this.commandOf(name), folder = this.portal.folder;
        const log = openSync(join(folder, 'log', `${name === 'mariadbd' ? 'db' : name}.log`), 'a');
        const env = this.environmentOf(name);
        if (name === 'nginx')
            rmSync(join(folder, 'run', 'nginx.pid'), { force: true });
        const child = spawn(command, words, { env: { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` },
            stdio: ['ignore', log, log], detached: true });
        closeSync(log);
        this.children.set(name, child);
        if (name !== 'nginx') // who writes its own
            writeFileSync(join(folder, 'run', `${name === 'mariadbd' ? 'db' : name}.pid`), `${child.pid}\n`);
        child.once('exit', () => this.comeBack(name, child));
    }

    // Whoever lost its first process is ended as a whole, then begun anew.
    async comeBack(name, child) {
        try {
            process.kill(-child.pid, 'SIGKILL');
        } catch {
            // nothing is left of it
        }
        this.children.delete(name);
        if (this.stopping.has(name))
            return;
        await wait(this.pauseOf(name));
        if (!this.stopping.has(name)) {
            this.restarts++;
            this.launch(name);
        }
    }

    // How long a service manager would wait before it starts that again.
    pauseOf() {
        return RESTART_MS;
    }

    async startDatabase() {
        this.launch('mariadbd');
        await this.databaseAnswers();
    }

    stopDatabase() {
        return this.end('mariadbd', 'SIGTERM');
    }

    async start() {
        await this.startDatabase();
        for (const name of [...PROGRAMS, 'nginx'])
            this.launch(name);
        await this.allAnswer();
    }

    async until(what, works) {
        const end = Date.now() + PATIENCE_MS;
        while (!await works()) {
            if (Date.now() > end)
                throw new Error(`${what} does not come back within ${PATIENCE_MS / 1000} s`);
            await wait(100);
        }
    }

    databaseAnswers() {
        return this.until('the database', () => spawnSync('mariadb', ['--no-defaults',
            `--socket=${this.portal.folder}/run/db.sock`, '-e', 'SELECT 1'], { stdio: 'ignore' }).status === 0);
    }

    async allAnswer() {
        await this.databaseAnswers();
        for (const path of ['/healthz', '/partner/healthz', '/customer/healthz', '/staff/healthz'])
            await this.until(path, async () => {
                try {
                    return (await within(5000, (signal) => fetch(this.portal.address + path, { signal }))).status === 200;
                } catch {
                    return false;
                }
            });
    }

    pidOf(name) {
        return this.children.get(name)?.pid;
    }

    // The processes that came from it: FastCGI workers, nginx's workers, the worker's children.
    childrenOf(name) {
        const parent = this.pidOf(name);
        return parent === undefined ? [] : readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).map(Number).filter((pid) => {
            try {
                const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
                return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
            } catch {
                return false;
            }
        });
    }

    signal(pid, name) {
        if (pid === undefined)
            return false;
        try {
            process.kill(pid, name);
            return true;
        } catch {
            return false;
        }
    }

    // A process that shall not come back.
    async end(name, signal) {
        this.stopping.add(name);
        this.signal(this.pidOf(name), signal);
        await this.until(`the end of ${name}`, () => !this.children.has(name));
        rmSync(join(this.portal.folder, 'run', `${name === 'mariadbd' ? 'db' : name}.pid`), { force: true });
    }

    // All of them in order; the database last.
    async stop() {
        await this.end('nginx', 'SIGQUIT');
        await Promise.all(PROGRAMS.map((name) => this.end(name, 'SIGTERM')));
        await this.stopDatabase();
    }
}
