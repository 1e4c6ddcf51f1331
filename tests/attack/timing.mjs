// Whether how long an answer takes tells what it is about: two kinds of question, asked in turns, are compared by the
// processor time that the portal's own processes spent on each, which other people's load hardly changes, and by
// how long whoever asked has waited, which is what an attacker has.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { anotherAddress, ask, encode } from './client.mjs';
import { hiddenOf } from '../support/portal.mjs';
import { PORTAL_NAME } from './portal.mjs';

const PAIRS = 200, MOST = 0.05, ROUNDS = 5;

// -- processor time -----------------------------------------------------------------------------------

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

// Nanoseconds that a process and its threads have run.
function ranOf(pid) {
    let sum = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`))
        try {
            sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
        } catch {
            // it has ended
        }
    return sum;
}

// Milliseconds that the workers of PROGRAMS have run together.
function clockOf(portal, programs) {
    const masters = programs.map((program) => readFileSync(join(portal.folder, 'run', `${program}.pid`), 'utf8').trim());
    return () => masters.flatMap(childrenOf).reduce((sum, pid) => sum + ranOf(pid), 0) / 1e6;
}

// -- two kinds of question ----------------------------------------------------------------------------

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const apart = (one, other) => Math.abs(one - other) / Math.max(one, other);

// Both kinds so many times, each pair in the other order than the one before.
async function round(kinds, clock, pairs) {
    const names = Object.keys(kinds), ran = names.map(() => []), waited = names.map(() => []);
    for (let i = 0; i < pairs; i++)
        for (const k of i % 2 ? [0, 1] : [1, 0]) {
            const question = await kinds[names[k]](i), before = clock(), answer = await question();
            ran[k].push(clock() - before);
            waited[k].push(answer.waited);
        }
    return { ran: ran.map(median), waited: waited.map(median) };
}

const say = (names, [one, other]) => `${names[0]} ${one.toFixed(2)} ms, ${names[1]} ${other.toFixed(2)} ms (${(100 * apart(one, other)).toFixed(1)} %)`;

// KINDS are two functions by name, each gives a function that asks.  Something that differs does so in every round; a
// busy machine does not make a round of both measures close by chance.
export async function takeTheSame(portal, programs, kinds, { pairs = PAIRS, rounds: most = ROUNDS } = {}) {
    const names = Object.keys(kinds), clock = clockOf(portal, programs);
    let ran = null, waited = null, rounds = 0;
    const better = (now, before) => (before === null || apart(...now) < apart(...before) ? now : before);
    while (rounds < most && (rounds === 0 || apart(...ran) > MOST || apart(...waited) > MOST)) {
        const now = await round(kinds, clock, pairs);
        [ran, waited] = [better(now.ran, ran), better(now.waited, waited)];
        rounds++;
    }
    const words = `medians of ${pairs}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}: ran ${say(names, ran)}; waited ${say(names, waited)}`;
    assert.ok(apart(...ran) <= MOST, `the portal's work differs: ${words}`);
    assert.ok(apart(...waited) <= MOST, `the answer's time differs: ${words}`);
    return words;
}

// -- addresses that are somebody's, and others --------------------------------------------------------

// Forty people, and as many who are not there, with addresses of the same length at the same places.
function addresses(portal) {
    const rows = portal.people(), known = rows.filter((one) => one.audience !== 'staff').slice(0, 40).map((one) => one.email);
    const unknown = known.map((email) => `q${email.slice(1)}`);
    assert.deepEqual(unknown.filter((email) => rows.some((one) => one.email === email)), []);
    return { known: (i) => known[i % known.length], unknown: (i) => unknown[i % unknown.length] };
}

// An answer without what was typed and what is new on each page.
const shape = ({ status, to, text }, email) => `${status} ${to} ${text.replaceAll(email, 'EMAIL').replace(/value="[^"]{20,}"/g, '')}`;

// The page's token is taken before the time is.
async function ready(portal, path, name, cookie, values) {
    const from = anotherAddress(), page = await ask(portal, path, { name, from, headers: cookie ? { cookie } : {} });
    const own = cookie ?? page.cookies.map((line) => line.split(';')[0]).join('; ');
    return () => ask(portal, path, { name, from, body: encode({ ...hiddenOf(page.text), ...values }),
        headers: { cookie: own, origin: portal.originOf(name), 'content-type': 'application/x-www-form-urlencoded' } });
}

export async function timing({ portal, report, people }) {
    const { known, unknown } = addresses(portal);
    const compare = async (programs, question) => {
        const seen = new Set(), kind = (email) => async (i) => {
            const send = await question(email(i));
            return async () => {
                const answer = await send();
                seen.add(shape(answer, email(i)));
                return answer;
            };
        };
        const words = await takeTheSame(portal, programs, { known: kind(known), unknown: kind(unknown) });
        assert.equal(seen.size, 1, [...seen].map((text) => text.slice(0, 300)).join('\n'));
        return words;
    };
    await report.check(6, 'what costs more than it should is found by its time', () =>
        assert.rejects(takeTheSame(portal, ['public'], {
            cheap: () => () => ask(portal, '/login'),
            dear: () => async () => {
                const first = await ask(portal, '/login'), second = await ask(portal, '/verify/log/keys');
                return { waited: first.waited + second.waited };
            },
        }, { pairs: 60, rounds: 2 }), /differs/));
    await report.check(6, 'a log-in with a known and with an unknown address takes as long, and gets the same answer', () =>
        compare(['login'], (email) => ready(portal, '/login', PORTAL_NAME, null, { email, password: 'not the password of anybody' })));
    await report.check(6, 'a new password is asked for alike for a known and an unknown address', () =>
        compare(['login'], (email) => ready(portal, '/password', PORTAL_NAME, null, { email })));
    await report.check(6, "inviting somebody else's user takes as long as inviting anybody", () => {
        const role = portal.sql("SELECT id FROM role WHERE audience = 'partner' AND code = 'sales'")[0][0];
        return compare(['partner'], (email) => {
            portal.sql("DELETE FROM rate_bucket");
            return ready(portal, '/partner/users/new', PORTAL_NAME, people.partner.cookie(), { email, name: 'Somebody', title: '', language: 'en', roles: role });
        });
    });
}
