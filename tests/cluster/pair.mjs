// People use a portal before a semi-synchronous primary and its replica, the primary is killed and the replica
// promoted, and back; then everything is compared with what they were told, and the two with each other.
//   node tests/cluster/pair.mjs     SEED (printed), CLUSTER_WEB_PORT=18190; all of it stands in B/pair
//
// Prints how long people waited, and TAP.

import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MailServer } from '../kill/mail.mjs';
import { play, say } from '../kill/play.mjs';
import { PROGRAMS, Supervisor } from '../kill/supervisor.mjs';
import { Portal, build, root } from '../support/portal.mjs';
import { sumsOfTables } from '../support/rows.mjs';
import { STALL_MS, disturb, tap, within } from './deeds.mjs';

const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const port = Number(process.env.CLUSTER_WEB_PORT ?? 18190);
const script = join(root, 'tests', 'cluster', 'pair');

class PairPortal extends Portal {
    constructor(folder, address, options) {
        super(folder, address, options);
        this.where = Object.fromEntries(execFileSync(script, ['where', folder], { encoding: 'utf8' }).trim().split('\n')
            .map((line) => line.split(/=(.*)/).slice(0, 2)));
        Object.assign(this.environment, this.where);
        this.primary = 1;
    }

    get replica() {
        return 3 - this.primary;
    }

    async pair(verb, ...words) {
        await promisify(execFile)(script, [verb, this.folder, ...words.map(String)]);
    }

    programEnvironment(program) {
        return { ...super.programEnvironment(program), ...this.where };
    }

    // Rows of a statement on server N; undefined when it does not answer.
    ask(n, text, ...options) {
        const { status, stdout } = spawnSync('mariadb', ['--no-defaults', `--socket=${this.folder}/n${n}/run/db.sock`,
            `--user=${userInfo().username}`, '--batch', '--skip-column-names', ...options, '-e', text],
            { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120000 });
        return status === 0 ? stdout.split('\n').filter(Boolean).map((line) => line.split('\t')) : undefined;
    }

    sql(text) {
        const rows = this.ask(this.primary, text, '--database=fairway');
        if (rows === undefined)
            throw new Error(`the primary does not answer: ${text}`);
        return rows;
    }
}

class PairSupervisor extends Supervisor {
    commandOf(name) {
        const folder = this.portal.folder, [, kind, n] = /^(n|check)(\d)$/.exec(name) ?? [];
        if (name === 'haproxy')
            return [script, 'proxy', folder];
        return kind ? [script, kind === 'n' ? 'run' : 'check', folder, n] : super.commandOf(name);
    }

    async bring(name) {
        this.stopping.delete(name);
        this.launch(name);
        if (name.startsWith('n'))
            await this.until(name, () => this.portal.ask(Number(name[1]), 'SELECT 1') !== undefined);
    }

    // The first server, which a person has made the primary.
    async makePortal() {
        const { portal } = this;
        await portal.pair('make');
        await this.bring('n1');
        await portal.pair('promote', 1);
        await portal.pair('accounts', 1);
        for (const name of ['check1', 'check2', 'haproxy'])
            await this.bring(name);
        await this.databaseAnswers();
        portal.start();
        portal.stop(); // all that runs in the folder; what is not the portal's comes back
        await this.until('n1', () => portal.ask(1, 'SELECT 1') !== undefined);
        await portal.pair('promote', 1);
        await this.databaseAnswers();
        await this.renew();
    }

    // The other server becomes a copy of the primary and follows it.
    async renew() {
        const { portal } = this, { primary, replica } = portal;
        await portal.pair('fill', replica, primary);
        await this.bring(`n${replica}`);
        await portal.pair('follow', replica, primary);
        await this.until('the replica', () => portal.ask(primary, "SHOW STATUS LIKE 'Rpl_semi_sync_master_status'")?.[0]?.[1] === 'ON');
    }

    async startDatabase() {
        await this.databaseAnswers();
    }

    databaseAnswers() {
        return this.until('the primary behind HAProxy', () => this.serves(this.portal.primary));
    }

    // Whether HAProxy sends programs to server N.
    serves(n) {
        const { stdout } = spawnSync('socat', ['-t2', '-', `UNIX-CONNECT:${this.portal.folder}/run/haproxy.sock`], { input: 'show stat\n', encoding: 'utf8' });
        return stdout.split('\n').map((line) => line.split(',')).some(([proxy, server, ...rest]) => proxy === 'writer' && server === `n${n}` && rest[15]?.startsWith('UP'));
    }

    async stopDatabase() {
        for (const name of ['haproxy', 'check1', 'check2', 'n1', 'n2'])
            if (this.children.has(name))
                await this.end(name, 'SIGTERM');
    }
}

// -- what is done to it -------------------------------------------------------------------------------

async function failOver(s) {
    const { primary, replica } = s.portal;
    await s.end(`n${primary}`, 'SIGKILL');
    await s.portal.pair('promote', replica);
    s.portal.primary = replica;
}

// It comes up read-only, so that nobody is sent to it.
async function comeBack(s) {
    const former = s.portal.replica;
    await s.bring(`n${former}`);
    s.alone = s.portal.ask(former, 'SELECT @@read_only')?.[0][0] === '1' && !s.serves(former);
    await s.end(`n${former}`, 'SIGTERM');
    await s.renew();
}

const DEEDS = [
    { name: 'the primary is killed, the replica is promoted', most: STALL_MS, act: failOver },
    { name: 'the former primary comes back, is filled anew, and follows', most: STALL_MS, act: comeBack },
    { name: 'the new primary is killed, the first is promoted', most: STALL_MS, act: failOver },
    { name: 'the second comes back, is filled anew, and follows', most: STALL_MS, act: comeBack },
];

// -- doing it -----------------------------------------------------------------------------------------

// Tables of which the replica has other rows, when it has come to the end of what the primary said.
async function differences(supervisor) {
    const { portal } = supervisor;
    for (const program of PROGRAMS)
        await supervisor.end(program, 'SIGTERM');
    const place = portal.ask(portal.primary, 'SELECT @@gtid_binlog_pos')[0][0];
    if (portal.ask(portal.replica, `SELECT MASTER_GTID_WAIT('${place}', 30)`)?.[0][0] !== '0')
        return ['the replica does not come to the end'];
    const [one, two] = [1, 2].map((n) => sumsOfTables((text) => portal.ask(n, text, '--database=fairway')));
    const tables = [...new Set([...one.keys(), ...two.keys()])];
    say(`${tables.length} tables on both servers compared`);
    return tables.filter((name) => one.get(name) !== two.get(name));
}

const folder = join(build, 'pair'), mails = new MailServer(), told = [];
rmSync(folder, { recursive: true, force: true });
const portal = new PairPortal(folder, port, { FAIRWAY_SMTP_URL: await mails.listen(), DEMO: '1', SCALE: '' });
const supervisor = new PairSupervisor(portal);
let faults = ['it did not come to that'], different = faults;
say(`a primary and a replica, seed ${seed}`);
try {
    await supervisor.makePortal();
    const played = await play({ portal, mails, supervisor, seed,
        disturb: (world, random) => disturb({ deeds: DEEDS, rounds: 1, supervisor, world, random, told, whole: () => supervisor.databaseAnswers() }),
        afterwards: () => differences(supervisor) });
    [faults, different] = [played.faults, played.afterwards];
} finally {
    mails.close();
    await supervisor.stopDatabase();
}
process.exit(tap([['with a replica: nothing acknowledged is lost, nothing doubled, nothing half', faults.length === 0],
    [`primary and replica have the same rows in all tables${different.map((name) => `; not: ${name}`).join('')}`, different.length === 0],
    ['a primary that comes back is nobody\'s', supervisor.alone === true], ...within(told)]) ? 0 : 1);
