// Pages beside their floor: the page's own statements straight through the connector.  The ladder below a
// page (a file by nginx, an answer without a page), statements and instructions of a page, and how a list
// grows.  SCALES="10000 1000000" names the sizes; a million takes some minutes to load, once.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, cores, demand, figure, finish, rounds, sample, settings, timed, wrk } from './measure.mjs';
import { Visitor } from '../support/portal.mjs';
import { BenchPortal, pageWorkers, recording, sizes, statementsOf } from './portal.mjs';

const demanded = { floorShare: 0.45, p99Ms: 12, statements: 5, instructions: 750_000, growth: 0.85 };

// A detail page is the first one that its list names.
const pages = [
    { name: 'partner list', program: 'partner', path: '/partner/deals', full: true },
    { name: 'partner detail', program: 'partner', list: '/partner/deals', detail: /href="(\/partner\/deals\/DR-\d+)"/ },
    { name: 'staff queue', program: 'staff', path: '/staff/deals?view=open', full: true },
    { name: 'partner opportunities', program: 'partner', path: '/partner/opportunities', full: true },
    { name: 'partner board', program: 'partner', path: '/partner/opportunities/board', full: true },
    { name: 'staff opportunities', program: 'staff', path: '/staff/opportunities', full: true },
    { name: 'staff board', program: 'staff', path: '/staff/opportunities/board', full: true },
];

// Who has most to see: the partner with most registrations, an administrator of the portal.
function whoSees(portal, program) {
    const people = portal.people().filter((person) => person.audience === program && person.role === 'administrator');
    if (program === 'staff')
        return people[0];
    const [[email]] = portal.sql(`SELECT u.email FROM user u WHERE u.email IN (${people.map((p) => `'${p.email}'`)})
        ORDER BY (SELECT COUNT(*) FROM deal d WHERE d.account_id = u.account_id) DESC, u.id LIMIT 1`);
    return people.find((person) => person.email === email);
}

// Fetched twice: what a session writes now and then (last seen) is not the page's.
async function open(portal, page, visitor) {
    page.path ??= page.detail.exec((await visitor.send(page.list)).text)?.[1];
    const first = page.path ? await visitor.send(page.path) : { status: 404 };
    if (first.status !== 200)
        throw new Error(`${page.path ?? page.list} answers ${first.status}`);
    const statements = await statementsOf(portal, page.program, () => visitor.send(page.path));
    return { ...page, statements, cookie: visitor.cookie(), bytes: first.text.length,
        rows: (first.text.match(/<tr\b/g) ?? []).length - 1 };
}

async function openAll(portal) {
    const visitors = {}, opened = [];
    for (const page of pages) {
        visitors[page.program] ??= await logged(portal, page.program);
        opened.push(await open(portal, { ...page }, visitors[page.program]));
    }
    return opened;
}

async function logged(portal, program) {
    const visitor = new Visitor(portal);
    await visitor.logIn(whoSees(portal, program));
    return visitor;
}

async function floorOf(portal, page) {
    const { stdout, clients } = await timed('chrt', ['--batch', '0', // as programs run
        join(build, 'tests', 'bench', 'floor'), page.program, String(settings.seconds), String(portal.workers), ...page.statements],
    { env: portal.programEnvironment(page.program) });
    const { rounds: count, per_second: perSecond } = JSON.parse(stdout);
    return { count, seconds: count / perSecond, clients };
}

const sum = (us, ...names) => names.reduce((total, name) => total + us[name], 0);
const ladder = (portal) => ({
    'static file by nginx': `/static/${readFileSync(join(build, 'static', 'manifest.txt'), 'utf8').split('\n')
        .map((line) => line.split(' ')[1]).find((path) => path?.endsWith('.css')).slice(8)}`,
    'answer without a page': '/partner/healthz',
});

// Page and floor of a round follow each other at once.
async function measure(portal, opened) {
    const groups = () => portal.allGroups();
    const rivals = {};
    for (const page of opened) {
        rivals[`${page.name} floor`] = () => sample(groups, () => floorOf(portal, page));
        rivals[page.name] = () => sample(groups, () => wrk(portal.address + page.path, page.cookie));
    }
    for (const [name, path] of Object.entries(ladder(portal)))
        rivals[name] = () => sample(groups, () => wrk(portal.address + path));
    return rounds(rivals);
}

function tell(portal, page, found) {
    const { busy, foreign, of } = found;
    const name = `${page.name} at ${portal.scale}`, floorName = `${page.name} floor`;
    const floorUs = (s) => sum(s.us, 'mariadbd', 'clients');
    const pageUs = (s) => sum(s.us, 'mariadbd', 'nginx', page.program, 'clients');
    const speed = of(page.name, (s) => s.perSecond), floor = of(floorName, (s) => s.perSecond);
    const ratio = busy ? of(floorName, floorUs) / of(page.name, pageUs) :
        found.ratio(page.name, floorName, (s) => s.perSecond);
    const us = Object.fromEntries(['mariadbd', 'nginx', page.program, 'clients']
        .map((group) => [group === 'clients' ? 'wrk' : group, of(page.name, (s) => s.us[group])]));
    us['floor: mariadbd'] = of(floorName, (s) => s.us.mariadbd);
    us['floor: clients'] = of(floorName, (s) => s.us.clients);
    const p99 = of(page.name, (s) => s.p99), failed = of(page.name, (s) => s.failed + s.closed);

    if (busy)
        figure(name, of(page.name, pageUs), 'core us', { floor: of(floorName, floorUs), ratio, us, foreign, busy });
    else
        figure(name, speed, 'pages/s', { floor, ratio, us, foreign });
    figure(`${name}, p50`, of(page.name, (s) => s.p50), 'ms', { foreign, busy });
    figure(`${name}, p99`, p99, 'ms', { foreign, busy });
    demand(name, `${(100 * ratio).toFixed(0)} % of the floor, >= ${100 * demanded.floorShare} %`,
        ratio >= demanded.floorShare, busy);
    demand(name, `p99 ${p99.toFixed(1)} ms, <= ${demanded.p99Ms} ms`, p99 <= demanded.p99Ms, busy);
    demand(name, `${failed} requests failed`, failed === 0);
    return busy ? 1e6 / of(page.name, pageUs) : speed;
}

// What the log says of the page's statements, which must be those of the floor.
async function tellStatements(portal, page) {
    await fetch(portal.address + page.path, { headers: { cookie: page.cookie } });
    const said = portal.lastRequest(page.program).statements;
    figure(`${page.name}, statements`, page.statements.length, '');
    figure(`${page.name}, size`, page.bytes, 'bytes');
    // A list has a budget of statements; a record is made of what hangs on it.
    if (page.full)
        demand(page.name, `${page.statements.length} statements with the session's, <= ${demanded.statements}; the log says ${said}`,
            page.statements.length <= demanded.statements);
}

// Instructions are free of noise: from request to answer, the database's client with them.
function tellInstructions(portal, page) {
    const count = 20, out = join(portal.folder, 'tmp', 'callgrind.out');
    execFileSync('valgrind', ['--tool=callgrind', '--toggle-collect=count_pages*', `--callgrind-out-file=${out}`,
        join(build, 'tests', 'bench', 'page_run'), page.program, page.path, page.cookie, String(count)],
    { env: portal.programEnvironment(page.program), stdio: ['ignore', 'ignore', 'pipe'] });
    const instructions = Math.round(/^(?:summary|totals): (\d+)/m.exec(readFileSync(out, 'latin1'))[1] / count);

    rmSync(out);
    figure(`${page.name}, ${page.rows} rows, worker`, instructions, 'instructions');
    demand(page.name, `${(instructions / 1e6).toFixed(2)} million instructions for ${page.rows} rows, <= 0.75 million`,
        instructions <= demanded.instructions);
}

function tellLadder(portal, found) {
    for (const name of Object.keys(ladder(portal)))
        figure(name, found.of(name, (s) => s.perSecond), 'answers/s', { foreign: found.foreign, busy: found.busy });
}

// How pages that list grow with their tables.
function tellGrowth(speeds) {
    const [small, large] = [Math.min(...Object.keys(speeds)), Math.max(...Object.keys(speeds))];
    if (small === large)
        return;
    for (const { name } of pages.filter((page) => page.path)) {
        const [before, after] = [speeds[small][name], speeds[large][name]];
        const ratio = after.speed / before.speed, busy = after.busy || before.busy;
        figure(`${name}, ${large} beside ${small}`, ratio, '', { busy });
        demand(name, `at ${large} ${(100 * ratio).toFixed(0)} % of its speed at ${small}, >= ${100 * demanded.growth} %`,
            ratio >= demanded.growth, busy);
    }
}

const speeds = {};
for (const scale of sizes()) {
    const portal = new BenchPortal(scale, pageWorkers());
    portal.start();
    try {
        const opened = await recording(portal, () => openAll(portal));
        const found = await measure(portal, opened);
        if (Object.keys(speeds).length === 0)
            tellLadder(portal, found);
        speeds[scale] = {};
        for (const page of opened)
            speeds[scale][page.name] = { speed: tell(portal, page, found), busy: found.busy };
        if (Object.keys(speeds).length === 1) {
            for (const page of opened)
                await tellStatements(portal, page);
            for (const page of opened.filter(({ full }) => full))
                tellInstructions(portal, page);
        }
    } finally {
        portal.stop();
    }
}
tellGrowth(speeds);
finish('pages');
