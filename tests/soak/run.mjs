// People use a portal for a long time at 80 % of what it can do, while it is reloaded every minute; then far
// more come than it can serve.  Nothing may grow, nobody may get a wrong answer, and whoever is let in waits
// a bounded time.  `make soak MINUTES=30`; all limits are ratios, since the machine may be anybody's.

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BenchPortal, programs } from '../bench/portal.mjs';
import { family, median, timed } from '../bench/measure.mjs';
import { Visitor, root } from '../support/portal.mjs';
import { Load } from './load.mjs';

const minutes = Number(process.env.MINUTES ?? 30);
const RELOAD_MS = 60000, SAMPLE_MS = 5000, CALIBRATE_MS = 10000, OVERLOAD_SECONDS = 20;
const SHARE = 0.8;     // of what the portal and these clients can do together
const SLOWER_MOST = 5; // the 99th percentile of those let in, to that of a normal day
const GROWTH_MOST = { memory: 1.15, handles: 1.1, files: 1.0, rows: 1.0 };

const say = (line) => console.log(`# ${line}`);
let number = 0, bad = 0;
function judge(holds, name) {
    console.log(`${holds ? 'ok' : 'not ok'} ${++number} - ${name}`);
    bad += holds ? 0 : 1;
}

// -- what may grow ------------------------------------------------------------------------------------

// Memory of its own and its share of what it shares, in kB; open handles.
function sizeOf(pids) {
    let memory = 0, handles = 0;
    for (const pid of pids) {
        try {
            memory += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1]);
            handles += readdirSync(`/proc/${pid}/fd`).length;
        } catch {
            // ended since the list was made
        }
    }
    return { memory, handles };
}

// Tables whose rows neither use nor the passing of time should make more.
function quietTables(portal) {
    return portal.run('ctl', 'retention').split('\n').map((line) => /^(\S+) +(set up|with) /.exec(line)?.[1]).filter(Boolean);
}

function countRows(portal, tables) {
    return portal.sql(tables.map((table) => `SELECT COUNT(*) FROM ${table}`).join(' UNION ALL '))
        .reduce((sum, [count]) => sum + Number(count), 0);
}

function takeSample(portal, tables) {
    const sizes = Object.entries(portal.groups(...programs, 'worker')).map(([name, pid]) => [name, sizeOf(family(pid))]);
    return { memory: sizes.reduce((sum, [, { memory }]) => sum + memory, 0),
        handles: sizes.reduce((sum, [, { handles }]) => sum + handles, 0),
        files: readdirSync(join(portal.folder, 'tmp'), { recursive: true }).length,
        rows: countRows(portal, tables) };
}

// The second quarter of the time against the last: the first is warming up.
function growthOf(samples, what) {
    const quarter = Math.floor(samples.length / 4) || 1;
    const early = median(samples.slice(quarter, 2 * quarter).map((s) => s[what]));
    const late = median(samples.slice(-quarter).map((s) => s[what]));
    return { early, late, ratio: early > 0 ? late / early : late > 0 ? Infinity : 1 };
}

// Without stopping the clock of those who ask meanwhile.
const reload = (portal) => promisify(execFile)(join(root, 'conf', 'scripts', 'portal'), ['reload'],
    { cwd: root, env: portal.environment });

// -- the parts ----------------------------------------------------------------------------------------

async function asPeople(portal) {
    const of = (audience) => portal.people().find((person) => person.audience === audience);
    const cookies = {};
    for (const audience of ['partner', 'customer', 'staff']) {
        const visitor = new Visitor(portal);
        await visitor.logIn(of(audience));
        cookies[audience] = visitor.cookie();
    }
    return [['/login', ''], ['/', ''], ['/partner/', cookies.partner], ['/partner/deals', cookies.partner],
        ['/customer/', cookies.customer], ['/staff/', cookies.staff], ['/staff/deals', cookies.staff], ['/healthz', '']];
}

async function forAWhile(portal, pages, how, ms) {
    const load = new Load(portal, pages, how);
    load.begin();
    await wait(ms);
    return load.end();
}

async function soak(portal, pages, rate) {
    const load = new Load(portal, pages, { rate }), samples = [], tables = quietTables(portal);
    const end = Date.now() + minutes * 60000;
    let reloads = 0, reloadAt = Date.now() + RELOAD_MS;
    load.begin();
    while (Date.now() < end) {
        await wait(SAMPLE_MS);
        samples.push(takeSample(portal, tables));
        if (Date.now() < reloadAt)
            continue;
        reloadAt = Date.now() + RELOAD_MS;
        await reload(portal);
        reloads++;
    }
    return { result: await load.end(), samples, reloads };
}

// Four hundred clients that ask two programs without a pause, and a few whose waits are measured.
async function overload(portal, pages) {
    const crowd = Promise.all([pages[0], pages[3]].map(([path, cookie]) => timed('wrk', ['-t1', '-c200',
        `-d${OVERLOAD_SECONDS}s`, '--timeout', '30s', '-H', `Cookie: ${cookie || 'none'}`, portal.address + path])));
    const load = new Load(portal, [pages[0], pages[3]], { clients: 8 });
    await wait(1000);
    load.begin();
    await wait((OVERLOAD_SECONDS - 3) * 1000);
    const measured = await load.end();
    await crowd;
    return measured;
}

async function play(portal) {
    const pages = await asPeople(portal);
    const capacity = (await forAWhile(portal, pages, { clients: 16 }, CALIBRATE_MS)).perSecond;
    const normal = await forAWhile(portal, pages, { rate: SHARE * capacity }, CALIBRATE_MS);
    say(`capacity ${capacity.toFixed(0)} requests a second, these clients included; at ${(SHARE * capacity).toFixed(0)} `
        + `99 % are answered within ${normal.ms(0.99)} ms`);

    const { result, samples, reloads } = await soak(portal, pages, SHARE * capacity);
    say(`${result.count} requests in ${minutes} min, ${result.perSecond.toFixed(0)} a second, 50 % within `
        + `${result.ms(0.5)} ms, 99 % within ${result.ms(0.99)} ms; ${reloads} reloads, ${result.again} asked again`);
    judge(result.wrong + result.refused === 0, `no request fails or is refused (${result.refused}) in ${minutes} minutes with ${reloads} reloads${result.told()}`);
    for (const [what, most] of Object.entries(GROWTH_MOST)) {
        const { early, late, ratio } = growthOf(samples, what);
        judge(ratio <= most, `${what}: ${early} early, ${late} late, ${ratio.toFixed(3)} times; at most ${most}`);
    }

    const flood = await overload(portal, pages);
    say(`under 400 clients: ${flood.accepted} of ${flood.count} were let in, 99 % of them within ${flood.ms(0.99)} ms`);
    judge(flood.wrong === 0, `answers under overload are right, or 503 with Retry-After${flood.told()}`);
    judge(flood.refused > 0 && flood.accepted > 0, `some are let in (${flood.accepted}), the rest is told (${flood.refused})`);
    judge(flood.ms(0.99) <= SLOWER_MOST * normal.ms(0.99),
        `99 % of those let in wait ${(flood.ms(0.99) / normal.ms(0.99)).toFixed(2)} times as long as normally; at most ${SLOWER_MOST}`);

    const calm = await forAWhile(portal, pages, { rate: SHARE * capacity }, CALIBRATE_MS / 2);
    judge(calm.wrong + calm.refused === 0, `at once afterwards nobody is refused (${calm.refused}): ${calm.count} requests, 99 % within ${calm.ms(0.99)} ms`);
}

const portal = new BenchPortal(0, process.env.FAIRWAY_WORKERS ?? 2);
portal.start();
try {
    await play(portal);
} finally {
    portal.stop();
}
console.log(`1..${number}`);
process.exit(bad === 0 ? 0 : 1);
