// People use a portal over HTTP while its processes are killed; then everything is compared with what they were told.
//   node tests/kill/run.mjs      KILLS=30, SEED (printed), KILL_PORT=18090; the portal stands in B/kill
//
// Ends with a table, and badly when anything acknowledged was lost, anything was doubled, or anything is half.

import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Portal, build } from '../support/portal.mjs';
import { checkAll, damages, unnoticed } from './check.mjs';
import { Partner, Reviewer, Witness, randomOf } from './client.mjs';
import { MailServer } from './mail.mjs';
import { PROGRAMS, Supervisor } from './supervisor.mjs';

const kills = Number(process.env.KILLS ?? 30);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const port = Number(process.env.KILL_PORT ?? 18090);
const LEAST_MS = 50, MOST_MS = 700; // between two kills
const INTO_MS = 30; // how far a form may have come
const DRAIN_MS = 90000;
const PARTNERS = ['emma.whitfield@brightwater.example', 'daniel.price@brightwater.example', 'sabine.krueger@rechenwerk.example',
    'marcus.hill@northgate-data.example', 'gemma.shaw@pennine-networks.example', 'fiona.macleod@havenport.example'];
const REVIEWERS = ['claire.bennett@halden.example', 'maria.keller@halden.example', 'jonas.wendt@halden.example'];
const say = (text) => console.log(`# ${text}`);

// -- what is done to it -------------------------------------------------------------------------------

const WEB = PROGRAMS.filter((name) => name !== 'worker' && name !== 'customer');
const anyOf = (list, random) => list[Math.floor(random() * list.length)];

// WEIGHT of a hundred, and how it is done: true when there was something to do it to.
const DEEDS = [
    { name: 'kill -9 of a FastCGI worker', weight: 38, act: (s, random) => killChild(s, anyOf(WEB, random), random) },
    { name: 'kill -9 of a program with all its workers', weight: 14, act: (s, random) => s.signal(s.pidOf(anyOf(WEB, random)), 'SIGKILL') },
    { name: "kill -9 of fairway-worker's process", weight: 14, act: (s, random) => killChild(s, 'worker', random) },
    { name: 'kill -9 of fairway-worker', weight: 6, act: (s) => s.signal(s.pidOf('worker'), 'SIGKILL') },
    { name: 'kill -9 of mariadbd', weight: 14, act: (s) => s.signal(s.pidOf('mariadbd'), 'SIGKILL') },
    { name: 'kill -9 of nginx', weight: 4, act: (s) => s.signal(s.pidOf('nginx'), 'SIGKILL') },
    { name: "kill -9 of nginx's worker", weight: 4, act: (s, random) => killChild(s, 'nginx', random) },
    { name: 'a clean restart of a program', weight: 2, act: (s, random) => s.signal(s.pidOf(anyOf(PROGRAMS, random)), 'SIGTERM') },
    { name: 'a clean restart of mariadbd', weight: 1, act: (s) => s.signal(s.pidOf('mariadbd'), 'SIGTERM') },
    { name: 'a reload of a program', weight: 3, act: (s, random) => s.signal(s.pidOf(anyOf(PROGRAMS, random)), 'SIGHUP') },
];

function killChild(supervisor, name, random) {
    const children = supervisor.childrenOf(name);
    return children.length > 0 && supervisor.signal(anyOf(children, random), 'SIGKILL');
}

function chooseDeed(random) {
    let dice = random() * 100;
    return DEEDS.find((deed) => (dice -= deed.weight) < 0) ?? DEEDS[0];
}

// Not at any moment: most of a portal's time is between two requests.
async function killAll(supervisor, world, random) {
    const done = new Map(DEEDS.map((deed) => [deed.name, 0]));
    for (let count = 0; count < kills;) {
        await wait(LEAST_MS + (MOST_MS - LEAST_MS) * random());
        await once(world.posts, 'post');
        await wait(INTO_MS * random());
        const deed = chooseDeed(random);
        if (!deed.act(supervisor, random))
            continue;
        done.set(deed.name, done.get(deed.name) + 1);
        if (++count % 100 === 0)
            say(`${count} of ${kills}`);
    }
    return done;
}

// -- the world ----------------------------------------------------------------------------------------

function makeWorld(portal, mails) {
    const answers = new Map();
    return { portal, mails, name: `K${seed}`, notes: [], board: [], returned: new Set(), heads: new Map(), answers, over: false, steps: 0,
        posts: new EventEmitter(),
        told: (what) => answers.set(what, (answers.get(what) ?? 0) + 1),
        lastMail: Number(portal.sql('SELECT COALESCE(MAX(id), 0) FROM outbox')[0][0]),
        lastEvent: Number(portal.sql('SELECT MAX(id) FROM audit_event')[0][0]) };
}

function makeClients(world) {
    const people = world.portal.people(), find = (email) => people.find((person) => person.email === email);
    return [...PARTNERS.map((email, i) => new Partner(world, find(email), seed + 1 + i)),
        ...REVIEWERS.map((email, i) => new Reviewer(world, find(email), seed + 101 + i)), new Witness(world, { email: 'witness@' }, seed + 201)];
}

// As if the leases of what was killed had run out: else they would be waited for, five minutes.
function endLeases(portal) {
    portal.sql("UPDATE outbox SET due_at = UTC_TIMESTAMP(6) WHERE state IN ('sending', 'waiting');"
        + "UPDATE job SET lease_until = UTC_TIMESTAMP(6) WHERE state = 'leased' OR lease_until IS NOT NULL;"
        + "UPDATE job SET due_at = UTC_TIMESTAMP(6) WHERE state = 'waiting' AND (tries > 0 OR kind IN ('log.append', 'receipt.sign'))");
}

const LEFT = `SELECT (SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')) + (SELECT COUNT(*) FROM receipt WHERE leaf_index IS NULL)
    + (SELECT COUNT(*) FROM job WHERE state NOT IN ('done', 'failed', 'waiting')) + (SELECT COUNT(*) FROM job WHERE state = 'waiting'
    AND due_at < UTC_TIMESTAMP(6) AND kind NOT IN ('log.append', 'receipt.sign'))
    + (SELECT COUNT(*) FROM audit_event e LEFT JOIN log_leaf l ON l.kind = 'audit' AND l.source_id = e.id WHERE l.leaf_index IS NULL)
    + (SELECT COUNT(*) FROM log_head WHERE size NOT IN (SELECT size FROM log_checkpoint))`;

async function drain(supervisor, portal) {
    await supervisor.allAnswer();
    for (const end = Date.now() + DRAIN_MS; Date.now() < end; await wait(500)) {
        endLeases(portal);
        if (Number(portal.sql(LEFT)[0][0]) === 0)
            return;
    }
    say('the worker did not come to an end');
}

// -- the table ----------------------------------------------------------------------------------------

function printTable(rows) {
    const columns = ['what', 'acknowledged', 'refused', 'unknown', 'stored', 'again'];
    const heads = ['what', 'acknowledged', 'refused', 'unknown', 'of these stored', 'sent again', 'faults'];
    const cells = [heads, ...rows.map((row) => [...columns.map((name) => String(row[name])), String(row.faults.length)])];
    const widths = heads.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
    for (const line of cells)
        say(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
}

function report(world, done, supervisor, result, seconds) {
    say('');
    for (const [name, count] of done)
        say(`${String(count).padStart(5)}  ${name}`);
    say(`${String(supervisor.restarts).padStart(5)}  times something was started again`);
    say('');
    printTable(result.rows);
    say('');
    say(`${world.steps} steps of ${PARTNERS.length + REVIEWERS.length} people in ${seconds} s; no real answer: `
        + ([...world.answers].map(([what, count]) => `${what} ${count}`).join(', ') || 'never'));
    say(`${result.mails.sent} mails came, ${result.mails.again} of them again`);
    say(`${result.log.leaves} leaves, ${result.log.heads} heads, ${world.heads.size} kept by a witness; ${result.audit.replaceAll('\n', '; ')}`);
    say(`${result.sentences} sentences about the rows, ${result.faults.length} faults`);
    for (const fault of result.faults.slice(0, 40))
        say(`FAULT ${fault}`);
    say(`seed ${seed}`);
}

// -- all of it ----------------------------------------------------------------------------------------

async function play(portal, mails) {
    const supervisor = new Supervisor(portal), began = Date.now();
    await supervisor.start();
    try {
        const world = makeWorld(portal, mails), clients = makeClients(world);
        const working = Promise.all(clients.map((client) => client.run()));
        await Promise.race([working, wait(2000)]);
        const done = await Promise.race([working, killAll(supervisor, world, randomOf(seed))]);
        world.over = true;
        await working;
        const seconds = Math.round((Date.now() - began) / 1000);
        await drain(supervisor, portal);
        const result = checkAll(world);
        report(world, done, supervisor, result, seconds);
        return [result.faults.length === 0, unnoticed(world)];
    } finally {
        await supervisor.stop();
    }
}

const mails = new MailServer();
const portal = new Portal(join(build, 'kill'), port, { FAIRWAY_SMTP_URL: await mails.listen(), DEMO: '1', SCALE: '' });
let good = false, blind = ['it did not come to that'];
say(`${kills} kills, seed ${seed}`);
portal.stop();
rmSync(portal.folder, { recursive: true, force: true });
portal.start();
portal.stop();
try {
    [good, blind] = await play(portal, mails);
} finally {
    mails.close();
}
const ok = (holds) => (holds ? 'ok' : 'not ok');
console.log(`${ok(good)} 1 - nothing acknowledged is lost, nothing doubled, nothing half, after ${kills} kills
${ok(blind.length === 0)} 2 - and each of ${damages} kinds of damage would have been seen${blind.map((name) => `; not: ${name}`).join('')}
1..2`);
process.exit(good && blind.length === 0 ? 0 : 1);
