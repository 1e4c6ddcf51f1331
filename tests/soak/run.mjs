// People use a portal for a long time at 80 % of what it can do, one request in ten with a form, while it is
// reloaded every minute; then five times as many come as it can serve.  Nothing may grow, nobody may get a wrong
// answer, what was acknowledged is stored, and whoever is let in waits a bounded time.  `make soak MINUTES=30`; all
// limits are ratios, since the machine may be anybody's.

import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { median, sample } from '../bench/measure.mjs';
import { BenchPortal, pageWorkers } from '../bench/portal.mjs';
import { printTable, say } from '../kill/play.mjs';
import { Visitor, root } from '../support/portal.mjs';
import { Load } from './load.mjs';
import { People } from './people.mjs';
import { Sizes, nginxAtRest } from './sizes.mjs';
import { Where } from './where.mjs';

const minutes = Number(process.env.MINUTES ?? 30);
const RELOAD_MS = 60000, SAMPLE_MS = 5000, RUN_IN_MS = 60000, CALIBRATE_MS = 10000, CALIBRATIONS = 5, OVERLOAD_MS = 20000, SECOND_MS = 1000;
const NORMAL = 0.8, OVERLOAD = 5; // of what the portal and these clients can do together
const CLIENTS = 16;
const SLOWER_MOST = 5; // the 99th percentile of those let in, to that of a normal day
const NORMAL_AGAIN = 2;

let number = 0, bad = 0;
function judge(holds, name) {
    console.log(`${holds ? 'ok' : 'not ok'} ${++number} - ${name}`);
    bad += holds ? 0 : 1;
}

// Without stopping the clock of those who ask meanwhile.
const reload = (portal) => promisify(execFile)(join(root, 'conf', 'scripts', 'portal'), ['reload'],
    { cwd: root, env: portal.environment });

async function asReaders(portal) {
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

// -- the parts ----------------------------------------------------------------------------------------

class Day {
    constructor(portal, pages, people) {
        Object.assign(this, { portal, pages, people, lines: [['', 'offered/s', 'let in/s', '503', 'not asked', '50 % ms', '99 % ms', 'foreign load']] });
    }

    // A load, with people who fill forms beside it, for as long as WORK takes.
    async run(how, work) {
        const load = new Load(this.portal, this.pages, how), asked = this.people.world.asked, began = Date.now();
        this.people.follow(load);
        await work();
        const forms = (this.people.world.asked - asked) / (Date.now() - began) * 1000;
        const result = await load.end();
        return { ...result, forms, count: result.accepted, clients: 0 };
    }

    // What others used of the machine is beside it: with much of that, waits and refusals are theirs.
    async load(name, how, work) {
        const result = await sample(() => this.portal.allGroups(), () => this.run(how, work), SECOND_MS);
        this.lines.push([name, (result.offered / result.seconds).toFixed(0), result.perSecond.toFixed(0), String(result.refused),
            String(result.unasked), String(result.ms(0.5)), String(result.ms(0.99)), `${(100 * result.foreign).toFixed(0)} %`]);
        return result;
    }

    // A second's worth of them waits when there is no connection left: nobody goes away from a normal day.
    normal(name, work) {
        return this.load(name, { rate: NORMAL * this.capacity, patient: Math.ceil(NORMAL * this.capacity) }, work);
    }

    // An empty portal is faster than one that is used: lists fill, and the worker has what was put off.
    runIn() {
        return this.load('run in', { clients: CLIENTS }, () => wait(RUN_IN_MS));
    }

    // What it can do, with the data that it has by now: the median, since a machine is a fifth faster at one moment
    // than at another.
    async calibrate(when) {
        const found = [];
        for (let i = 1; i <= CALIBRATIONS; i++)
            found.push(await this.load(`capacity ${when}, ${i}`, { clients: CLIENTS }, () => wait(CALIBRATE_MS)));
        const of = (what) => found.map((load) => load[what]), slowest = Math.min(...of('perSecond')), fastest = Math.max(...of('perSecond'));
        this.capacity = median(of('perSecond'));
        say(`capacity ${when}: ${this.capacity.toFixed(0)} pages a second (${slowest.toFixed(0)} to ${fastest.toFixed(0)}) besides `
            + `${median(of('forms')).toFixed(0)} requests of people with forms, these clients included`);
    }
}

async function soak(day) {
    const sizes = new Sizes(day.portal), end = Date.now() + minutes * 60000;
    let reloads = 0, reloadAt = Date.now(); // what is compared has been reloaded
    const rest = await nginxAtRest(day.portal);
    day.people.heard();
    const result = await day.normal(`${minutes} minutes`, async () => {
        while (Date.now() < end) {
            if (Date.now() >= reloadAt) {
                reloadAt += RELOAD_MS;
                await reload(day.portal);
                reloads++;
            }
            await wait(SAMPLE_MS);
            sizes.take();
        }
    });
    const forms = day.people.heard();
    say(`${result.repeated} pages and ${forms.again} forms met a closed connection and were sent again`);
    judge(result.wrong + result.refused + result.unasked === 0, `of ${result.offered} requests none fails or is refused (${result.refused}) `
        + `in ${minutes} minutes with ${reloads} reloads${result.told}`);
    judge(forms.wrong === '', `each form is answered, ${result.forms.toFixed(0)} requests a second${forms.wrong && `: ${forms.wrong}`}`);
    for (const { what, warm, end: late, ratio, most } of sizes.growth())
        judge(ratio <= most, `${what}: ${warm} warm, ${late} at the end, ${ratio.toFixed(3)} times; at most ${most}`);
    const after = await nginxAtRest(day.portal, rest);
    judge(after.same, `nginx at rest: ${rest.processes} processes with ${rest.handles} handles before, `
        + `${after.processes} with ${after.handles} after`);
}

async function normalDay(day) {
    await day.calibrate('at last');
    day.people.heard();
    const normal = await day.normal('a normal day', () => wait(2 * CALIBRATE_MS)), forms = day.people.heard();
    judge(normal.wrong + normal.refused + normal.unasked === 0 && forms.wrong === '', `on a normal day nobody is refused (${normal.refused})${normal.told}`
        + `${forms.wrong && `; forms: ${forms.wrong}`}`);
    return normal.ms(0.99);
}

async function overload(day) {
    const usual = await normalDay(day), where = new Where(day.portal);
    const flood = await day.load(`${OVERLOAD} times the capacity`, { rate: OVERLOAD * day.capacity }, () => wait(OVERLOAD_MS));
    const first = await day.normal('the second after it', () => wait(SECOND_MS));
    await wait(SECOND_MS); // nginx writes its log once a second
    const table = where.table(flood.seconds + first.seconds);
    const calm = await day.normal('five seconds after that', () => wait(CALIBRATE_MS / 2));
    const forms = day.people.heard([503]), slower = flood.ms(0.99) / usual;
    printTable(day.lines);
    printTable(table);
    judge(flood.wrong === 0 && forms.wrong === '', `answers under overload are right, or 503 with Retry-After${flood.told}${forms.wrong && `; forms: ${forms.wrong}`}`);
    judge(flood.refused > 0 && flood.accepted > 0, `some are let in (${flood.accepted}), the rest is told (${flood.refused}), or found `
        + `no connection (${flood.unasked})`);
    judge(slower <= SLOWER_MOST, `99 % of those let in wait ${slower.toFixed(2)} times as long as normally; at most ${SLOWER_MOST}`);
    judge(flood.drainedMs <= SECOND_MS, `the last of them is answered ${flood.drainedMs.toFixed(0)} ms after the end`);
    for (const [name, load] of [['first second', first], ['next five seconds', calm]])
        judge(load.wrong + load.refused + load.unasked === 0 && load.ms(0.99) <= NORMAL_AGAIN * usual, `in the ${name} afterwards nobody is `
            + `refused (${load.refused}), and 99 % wait ${(load.ms(0.99) / usual).toFixed(2)} times as long as normally; at most ${NORMAL_AGAIN}`);
}

function told({ rows, faults }) {
    const columns = ['what', 'acknowledged', 'refused', 'unknown', 'again'];
    printTable([['forms', ...columns.slice(1)], ...rows.map((row) => columns.map((name) => String(row[name])))]);
    for (const fault of faults.slice(0, 20))
        say(`FAULT ${fault}`);
    const count = rows.reduce((sum, row) => sum + row.acknowledged, 0);
    judge(faults.length === 0, `all ${count} deeds that were acknowledged are stored, once; ${faults.length} faults`);
    judge(rows.every((row) => row.acknowledged > 0), 'each kind of deed was done');
}

async function play(portal) {
    const people = new People(portal), day = new Day(portal, await asReaders(portal), people);
    await people.come();
    await day.runIn();
    await day.calibrate('at first');
    await soak(day);
    await overload(day);
    told(await people.goHome());
}

// A new one each time: what is filled in here would make other measurements another.
const portal = new BenchPortal(0, pageWorkers(), 'soak');
portal.stop();
rmSync(portal.folder, { recursive: true, force: true });
portal.start();
try {
    await play(portal);
} finally {
    portal.stop();
}
console.log(`1..${number}`);
process.exit(bad === 0 ? 0 : 1);
