// A portal that people use while something is done to it, and what is said about it afterwards.  What is done, and to
// which processes, is the caller's: tests/kill/run.mjs, tests/cluster/run.mjs.

import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { checkAll } from './check.mjs';
import { Partner, Reviewer, Witness, randomOf } from './client.mjs';

const DRAIN_MS = 90000;
export const PARTNERS = ['emma.whitfield@brightwater.example', 'daniel.price@brightwater.example', 'sabine.krueger@rechenwerk.example',
    'marcus.hill@northgate-data.example', 'gemma.shaw@pennine-networks.example', 'fiona.macleod@havenport.example'];
export const REVIEWERS = ['claire.bennett@halden.example', 'maria.keller@halden.example', 'jonas.wendt@halden.example'];

export const say = (text) => console.log(`# ${text}`);

// -- the world ----------------------------------------------------------------------------------------

export function makeWorld(portal, mails, name) {
    const answers = new Map();
    return { portal, mails, name, notes: [], board: [], returned: new Set(), heads: new Map(), answers, over: false, steps: 0, inside: 0, people: PARTNERS.length + REVIEWERS.length, waits: [],
        posts: new EventEmitter(),
        told: (what) => answers.set(what, (answers.get(what) ?? 0) + 1),
        lastMail: Number(portal.sql('SELECT COALESCE(MAX(id), 0) FROM outbox')[0][0]),
        lastEvent: Number(portal.sql('SELECT MAX(id) FROM audit_event')[0][0]) };
}

function makeClients(world, seed) {
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

export async function drain(portal) {
    for (const end = Date.now() + DRAIN_MS; Date.now() < end; await wait(500)) {
        endLeases(portal);
        if (Number(portal.sql(LEFT)[0][0]) === 0)
            return;
    }
    say('the worker did not come to an end');
}

// -- the table ----------------------------------------------------------------------------------------

export function printTable(cells) {
    const widths = cells[0].map((_, i) => Math.max(...cells.map((line) => line[i].length)));
    for (const line of cells)
        say(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
}

function rowsOf(rows) {
    const columns = ['what', 'acknowledged', 'refused', 'unknown', 'stored', 'again'];
    const heads = ['what', 'acknowledged', 'refused', 'unknown', 'of these stored', 'sent again', 'faults'];
    return [heads, ...rows.map((row) => [...columns.map((name) => String(row[name])), String(row.faults.length)])];
}

function report(world, tellDeeds, supervisor, result, seconds) {
    say('');
    tellDeeds();
    say(`${String(supervisor.restarts).padStart(5)}  times something was started again`);
    say('');
    printTable(rowsOf(result.rows));
    say('');
    say(`${world.steps} steps of ${PARTNERS.length + REVIEWERS.length} people in ${seconds} s; no real answer: `
        + ([...world.answers].map(([what, count]) => `${what} ${count}`).join(', ') || 'never'));
    say(`${result.mails.sent} mails came, ${result.mails.again} of them again`);
    say(`${result.log.leaves} leaves, ${result.log.heads} heads, ${world.heads.size} kept by a witness; ${result.audit.replaceAll('\n', '; ')}`);
    say(`${result.sentences} sentences about the rows, ${result.faults.length} faults`);
    for (const fault of result.faults.slice(0, 40))
        say(`FAULT ${fault}`);
}

// -- all of it ----------------------------------------------------------------------------------------

// DISTURB does what shall be done and gives a function that tells of it; AFTERWARDS looks while it all still runs.
export async function play({ portal, mails, supervisor, seed, disturb, afterwards }) {
    const began = Date.now();
    try {
        await supervisor.start();
        const world = makeWorld(portal, mails, `K${seed}`), clients = makeClients(world, seed);
        const working = Promise.all(clients.map((client) => client.run()));
        await Promise.race([working, wait(2000)]);
        const tellDeeds = await Promise.race([working, disturb(world, randomOf(seed))]);
        world.over = true;
        await working;
        const seconds = Math.round((Date.now() - began) / 1000);
        await supervisor.allAnswer();
        await drain(portal);
        const result = checkAll(world);
        report(world, tellDeeds, supervisor, result, seconds);
        return { faults: result.faults, afterwards: await afterwards(world) };
    } finally {
        await supervisor.stop();
    }
}
