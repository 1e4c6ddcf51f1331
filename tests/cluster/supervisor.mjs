// A portal before a cluster: its programs, HAProxy and three nodes, each of which comes back as its service manager
// would bring it back, unless it is held down.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { Supervisor } from '../kill/supervisor.mjs';
import { Portal, root } from '../support/portal.mjs';

export const NODES = [1, 2, 3];
const script = join(root, 'tests', 'cluster', 'nodes');
const NODE_RESTART_MS = 5000; // Debian's unit of MariaDB

export class ClusterPortal extends Portal {
    constructor(folder, port, options = {}) {
        super(folder, port, options);
        this.where = Object.fromEntries(this.nodes('where').trim().split('\n').map((line) => line.split(/=(.*)/).slice(0, 2)));
        Object.assign(this.environment, this.where);
    }

    nodes(verb, ...words) {
        return execFileSync(script, [verb, this.folder, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    }

    programEnvironment(program) {
        return { ...super.programEnvironment(program), ...this.where };
    }

    // Rows of a statement by the administrator of node N; undefined when that node does not answer.
    ask(n, text) {
        const { status, stdout } = spawnSync('mariadb', ['--no-defaults', `--socket=${this.folder}/n${n}/run/db.sock`,
            `--user=${userInfo().username}`, '--database=fairway', '--connect-timeout=2', '--batch', '--skip-column-names', '-e', text],
            { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120000 });
        return status === 0 ? stdout.split('\n').filter(Boolean).map((line) => line.split('\t')) : undefined;
    }

    state(n) {
        const rows = existsSync(`${this.folder}/n${n}/run/db.sock`) ? this.ask(n, `SELECT VARIABLE_NAME, VARIABLE_VALUE
            FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('WSREP_LOCAL_STATE_COMMENT', 'WSREP_CLUSTER_STATUS', 'WSREP_CLUSTER_SIZE')`) : undefined;
        const { WSREP_LOCAL_STATE_COMMENT: is, WSREP_CLUSTER_STATUS: group, WSREP_CLUSTER_SIZE: size } = Object.fromEntries(rows ?? []);
        return { is, group, size: Number(size ?? 0) };
    }

    // What the cluster knows, whichever node is asked.
    sql(text) {
        for (const n of NODES) {
            const rows = this.ask(n, `SET SESSION wsrep_sync_wait = 7; ${text}`);
            if (rows !== undefined)
                return rows;
        }
        throw new Error(`no node answers: ${text}`);
    }
}

export class ClusterSupervisor extends Supervisor {
    constructor(portal) {
        super(portal);
        this.hurried = new Set(); // nodes that somebody starts again at once
        this.migrated = 0;
    }

    pauseOf(name) {
        if (!/^n\d$/.test(name))
            return super.pauseOf(name);
        return this.hurried.delete(name) ? 0 : NODE_RESTART_MS;
    }

    commandOf(name) {
        const folder = this.portal.folder, [, kind, n] = /^(n|check)(\d)$/.exec(name) ?? [];
        if (name === 'haproxy')
            return [script, 'proxy', folder];
        if (kind === 'check')
            return [script, 'check', folder, n];
        if (kind === 'n')
            return [script, 'run', folder, n, ...(this.first === name ? ['first'] : [])];
        return super.commandOf(name);
    }

    launch(name) {
        super.launch(name);
        if (this.first === name)
            this.first = undefined;
    }

    // After the end of all: the node that knows most begins the cluster, and the others follow it.
    async beginCluster() {
        const [latest] = this.portal.nodes('latest').split(' ');
        this.first = `n${latest}`;
        this.release(this.first);
        await this.synced(latest, 1);
        for (const n of NODES.filter((one) => String(one) !== latest))
            this.release(`n${n}`);
        await this.allSynced();
        return latest;
    }

    // What was held down is started.
    release(name) {
        this.stopping.delete(name);
        if (!this.children.has(name))
            this.launch(name);
    }

    synced(n, size) {
        return this.until(`node ${n}`, () => {
            const state = this.portal.state(n);
            return state.is === 'Synced' && state.group === 'Primary' && state.size >= size;
        });
    }

    async allSynced() {
        for (const n of NODES)
            await this.synced(n, NODES.length);
    }

    async startDatabase() {
        for (const n of NODES) {
            this.stopping.add(`n${n}`);
            this.launch(`check${n}`);
        }
        await this.beginCluster();
        this.launch('haproxy');
        await this.databaseAnswers();
    }

    databaseAnswers() {
        return this.until('the cluster behind HAProxy', () => this.writer() !== undefined);
    }

    async stopDatabase() {
        for (const name of ['haproxy', 'check1', 'check2', 'check3', 'n3', 'n2', 'n1']) {
            this.signal(this.pidOf(name), 'SIGCONT');
            if (this.children.has(name))
                await this.end(name, 'SIGTERM');
        }
    }

    // The node that HAProxy sends writers to: the first that it takes for alive.
    writer() {
        const { stdout } = spawnSync('socat', ['-t2', '-', `UNIX-CONNECT:${this.portal.folder}/run/haproxy.sock`], { input: 'show stat\n', encoding: 'utf8' });
        const up = stdout.split('\n').map((line) => line.split(',')).find(([proxy, server, ...rest]) => proxy === 'writer' && /^n\d$/.test(server) && rest[15]?.startsWith('UP'));
        return up && Number(up[1].slice(1));
    }
}
