// People use a portal whose database is a cluster of three nodes behind HAProxy, while nodes are killed, stopped and
// upgraded; then everything is compared with what they were told, and the nodes with each other.
//   node tests/cluster/run.mjs      ROUNDS=1, SEED (printed), CLUSTER_WEB_PORT=18190; all of it stands in B/cluster
//   DEEDS='writer is killed' ...    only those whose names match
//
// Prints how long people waited for each kind of end, and TAP.

import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MailServer } from '../kill/mail.mjs';
import { play, say } from '../kill/play.mjs';
import { PROGRAMS } from '../kill/supervisor.mjs';
import { build, root } from '../support/portal.mjs';
import { sumsOfTables } from '../support/rows.mjs';
import { STALL_MS, disturb, tap, within } from './deeds.mjs';
import { ClusterPortal, ClusterSupervisor, NODES } from './supervisor.mjs';

const rounds = Number(process.env.ROUNDS ?? 1);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const port = Number(process.env.CLUSTER_WEB_PORT ?? 18190);

const others = (s) => NODES.filter((n) => n !== s.writer());
const anyOf = (list, random) => list[Math.floor(random() * list.length)];
const node = (n) => `n${n}`;
const kill = (s, n) => s.signal(s.pidOf(node(n)), 'SIGKILL');

// Stops nodes for a while, as a machine that hangs or a network that is cut.
async function freeze(s, nodes, ms) {
    for (const n of nodes)
        s.signal(s.pidOf(node(n)), 'SIGSTOP');
    await wait(ms);
    for (const n of nodes)
        s.signal(s.pidOf(node(n)), 'SIGCONT');
}

async function hold(s, n) {
    await s.end(node(n), 'SIGKILL');
}

// -- what is done to it -------------------------------------------------------------------------------

// MOST_MS: how long a person may wait for it; 0: as long as it lasts.
const DEEDS = [
    ...['', ' a second time', ' a third time'].map((again) => (
        { name: `the writer is killed${again}`, most: STALL_MS, act: (s) => kill(s, s.writer()) })),
    { name: 'the writer is killed and started at once', most: STALL_MS, act: hurry },
    { name: 'another node is killed', most: STALL_MS, act: (s, random) => kill(s, anyOf(others(s), random)) },
    { name: 'a node lags (stopped for 1.5 s)', most: STALL_MS, act: (s, random) => freeze(s, [anyOf(others(s), random)], 1500) },
    { name: 'a node hangs (stopped for 12 s)', most: STALL_MS, act: (s, random) => freeze(s, [anyOf(others(s), random)], 12000) },
    { name: 'the writer hangs (stopped for 12 s)', most: STALL_MS, act: (s) => freeze(s, [s.writer()], 12000) },
    { name: 'the writer is not Primary (others cut off for 8 s)', most: 0, act: (s) => freeze(s, others(s), 8000) },
    { name: 'two are killed, the third is made Primary by hand', most: 0, act: survive },
    { name: 'all are killed, and begun from the one that knows most', most: 0, act: killAll },
    { name: 'HAProxy is killed', most: STALL_MS, act: (s) => s.signal(s.pidOf('haproxy'), 'SIGKILL') },
    { name: 'each node is restarted in turn, the writer last', most: STALL_MS, act: upgrade },
    { name: 'tables are changed, and every program reloads', most: STALL_MS, act: migrate },
].filter(({ name }) => new RegExp(process.env.DEEDS ?? '').test(name));

function hurry(s) {
    const n = s.writer();
    s.hurried.add(node(n));
    kill(s, n);
}

async function survive(s) {
    const left = s.writer();
    await Promise.all(NODES.filter((n) => n !== left).map((n) => hold(s, n)));
    await s.until('the loss of the majority', () => s.portal.state(left).group === 'non-Primary');
    s.portal.ask(left, "SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'");
    await s.synced(left, 1);
    for (const n of NODES.filter((one) => one !== left))
        s.release(node(n));
}

async function killAll(s, random) {
    for (const n of [...NODES].sort(() => random() - 0.5)) {
        await wait(200 * random());
        await hold(s, n);
    }
    await s.beginCluster();
}

async function upgrade(s) {
    const last = s.writer();
    for (const n of [...NODES.filter((one) => one !== last), last]) {
        await s.end(node(n), 'SIGTERM');
        s.release(node(n));
        await s.allSynced();
    }
}

// A release whose migration adds a column, an index, a table and a trigger.
const NEXT_RELEASE = `ALTER TABLE deal ADD COLUMN next_release VARCHAR(20) NULL;
CREATE INDEX deal_next_release ON deal (next_release);
CREATE TABLE next_release (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, deal_id BIGINT NOT NULL,
    CONSTRAINT next_release_deal FOREIGN KEY (deal_id) REFERENCES deal (id)) ENGINE=InnoDB;
CREATE TRIGGER next_release_counts BEFORE INSERT ON next_release FOR EACH ROW SET NEW.id = NEW.id;
`;

async function migrate(s) {
    const sql = join(s.portal.folder, 'sql-next'), number = 9000 + s.migrated++;
    cpSync(join(root, 'sql'), sql, { recursive: true });
    writeFileSync(join(sql, 'migrations', `${number}_next_release.sql`), NEXT_RELEASE.replaceAll('next_release', `next_release_${number}`));
    await promisify(execFile)(join(build, 'bin', 'fairwayctl'), ['migrate'], { cwd: root, env: { ...s.portal.programEnvironment('owner'), FAIRWAY_SQL_DIR: sql } });
    for (const program of PROGRAMS)
        s.signal(s.pidOf(program), 'SIGHUP');
}

// -- doing it -----------------------------------------------------------------------------------------

// Tables of which the nodes have different rows.
function differences(portal) {
    const sums = NODES.map((n) => sumsOfTables((text) => portal.ask(n, `SET SESSION wsrep_sync_wait = 7; ${text}`)));
    const tables = [...new Set(sums.flatMap((one) => [...one.keys()]))];
    say(`${tables.length} tables on ${NODES.length} nodes compared`);
    return tables.filter((name) => new Set(sums.map((one) => one.get(name) ?? 'none')).size > 1);
}

async function settledDifferences(supervisor, portal) {
    for (const program of PROGRAMS)
        await supervisor.end(program, 'SIGTERM');
    return differences(portal);
}

const mails = new MailServer(), told = [];
const portal = new ClusterPortal(join(build, 'cluster'), port, { FAIRWAY_SMTP_URL: await mails.listen(), DEMO: '1', SCALE: '' });
let faults = ['it did not come to that'], different = faults;
say(`${rounds} rounds of ${DEEDS.length} deeds, seed ${seed}`);
try {
    const supervisor = new ClusterSupervisor(portal);
    const played = await play({ portal, mails, supervisor, seed, disturb: (world, random) => disturb({ deeds: DEEDS, rounds, supervisor, world, random, told, whole: () => supervisor.allSynced() }),
        afterwards: () => settledDifferences(supervisor, portal) });
    [faults, different] = [played.faults, played.afterwards];
} finally {
    mails.close();
}

process.exit(tap([['nothing acknowledged is lost, nothing doubled, nothing half', faults.length === 0],
    [`all nodes have the same rows in all tables${different.map((name) => `; not: ${name}`).join('')}`, different.length === 0], ...within(told)]) ? 0 : 1);
