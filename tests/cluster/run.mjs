// People use a portal whose database is a cluster of three nodes behind HAProxy, while nodes are killed, stopped and
// upgraded; then everything is compared with what they were told, and the nodes with each other.
//   node tests/cluster/run.mjs      ROUNDS=1, SEED (printed), CLUSTER_WEB_PORT=18190; all of it stands in B/cluster
//
// Prints how long people waited for each kind of end, and TAP.

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MailServer } from '../kill/mail.mjs';
import { play, printTable, say } from '../kill/play.mjs';
import { build } from '../support/portal.mjs';
import { ClusterPortal, ClusterSupervisor, NODES } from './supervisor.mjs';

const rounds = Number(process.env.ROUNDS ?? 1);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const port = Number(process.env.CLUSTER_WEB_PORT ?? 18190);
const STALL_MS = 5000; // a person's wait when the writer dies
const CALM_MS = 4000; // of ordinary work after each deed

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
    { name: 'the writer is killed', most: STALL_MS, act: (s) => kill(s, s.writer()) },
    { name: 'another node is killed', most: STALL_MS, act: (s, random) => kill(s, anyOf(others(s), random)) },
    { name: 'a node lags (stopped for 1.5 s)', most: STALL_MS, act: (s, random) => freeze(s, [anyOf(others(s), random)], 1500) },
    { name: 'a node hangs (stopped for 12 s)', most: STALL_MS, act: (s, random) => freeze(s, [anyOf(others(s), random)], 12000) },
    { name: 'the writer hangs (stopped for 12 s)', most: 0, act: (s) => freeze(s, [s.writer()], 12000) },
    { name: 'the writer is not Primary (others cut off for 8 s)', most: 0, act: (s) => freeze(s, others(s), 8000) },
    { name: 'two are killed, the third is made Primary by hand', most: 0, act: survive },
    { name: 'all are killed, and begun from the one that knows most', most: 0, act: killAll },
    { name: 'HAProxy is killed', most: STALL_MS, act: (s) => s.signal(s.pidOf('haproxy'), 'SIGKILL') },
    { name: 'each node is restarted in turn, the writer last', most: STALL_MS, act: upgrade },
];

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

// -- doing it -----------------------------------------------------------------------------------------

// The longest that a person waited for an answer of those that were asked or given between two moments, and the
// longest in which nobody got any.
function stallOf(world, from, to) {
    const touched = world.waits.filter((one) => one.to >= from && one.from <= to);
    const ends = [from, ...touched.map((one) => one.to).filter((at) => at <= to), to].sort((a, b) => a - b);
    return { longest: Math.max(0, ...touched.map((one) => one.to - one.from)),
        silent: Math.max(...ends.slice(1).map((at, i) => at - ends[i])) };
}

async function disturb(supervisor, world, random, told) {
    while (world.steps < 30) // all have logged in: that queues for its own reasons
        await wait(200);
    for (let round = 0; round < rounds; round++)
        for (const deed of DEEDS) {
            const from = Date.now(), before = world.answers.get(503) ?? 0;
            await deed.act(supervisor, random);
            await supervisor.allSynced();
            const back = Date.now();
            await supervisor.allAnswer();
            await wait(CALM_MS);
            told.push({ ...deed, ...stallOf(world, from, Date.now()), whole: back - from, refused: (world.answers.get(503) ?? 0) - before });
            say(`${deed.name}: longest wait ${told.at(-1).longest} ms, nobody was answered for ${told.at(-1).silent} ms`);
        }
    return () => {
        const cells = told.map((one) => [one.name, ...[one.longest, one.silent, one.whole, one.refused].map(String), one.most ? String(one.most) : '-']);
        printTable([['what is done', 'longest wait ms', 'nobody answered ms', 'all synced after ms', '503', 'limit ms'], ...cells]);
    };
}

// Tables of which the nodes have different rows.
function differences(portal) {
    const tables = portal.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'fairway' AND table_type = 'BASE TABLE'").map(([name]) => name);
    const sums = NODES.map((n) => new Map(portal.ask(n, `SET SESSION wsrep_sync_wait = 7; SELECT 1; CHECKSUM TABLE ${tables.map((name) => `\`${name}\``).join(', ')}`)?.slice(1)));
    say(`${tables.length} tables on ${NODES.length} nodes compared`);
    return tables.filter((name) => new Set(sums.map((one) => one.get(`fairway.${name}`) ?? 'none')).size > 1 || !sums[0].has(`fairway.${name}`));
}

async function settledDifferences(supervisor, portal) {
    for (const program of ['worker', 'public', 'login', 'partner', 'customer', 'staff'])
        await supervisor.end(program, 'SIGTERM');
    return differences(portal);
}

const mails = new MailServer(), told = [];
const portal = new ClusterPortal(join(build, 'cluster'), port, { FAIRWAY_SMTP_URL: await mails.listen(), DEMO: '1', SCALE: '' });
let faults = ['it did not come to that'], different = faults;
say(`${rounds} rounds of ${DEEDS.length} deeds, seed ${seed}`);
try {
    const supervisor = new ClusterSupervisor(portal);
    const played = await play({ portal, mails, supervisor, seed, disturb: (world, random) => disturb(supervisor, world, random, told),
        afterwards: () => settledDifferences(supervisor, portal) });
    [faults, different] = [played.faults, played.afterwards];
} finally {
    mails.close();
}

const results = [['nothing acknowledged is lost, nothing doubled, nothing half', faults.length === 0],
    [`all nodes have the same rows in all tables${different.map((name) => `; not: ${name}`).join('')}`, different.length === 0],
    ...told.filter((one) => one.most > 0).map((one) => [`${one.name}: nobody waits longer than ${one.most} ms (${one.longest} ms)`, one.longest <= one.most])];
for (const [i, [name, holds]] of results.entries())
    console.log(`${holds ? 'ok' : 'not ok'} ${i + 1} - ${name}`);
console.log(`1..${results.length}`);
process.exit(results.every(([, holds]) => holds) ? 0 : 1);
