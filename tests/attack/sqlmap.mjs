// sqlmap over what people ask for, and over what they send in forms, with each audience's own log-in.  A form is sent
// with a new token each time.  ATTACK=full: every route, every field, and what only time tells.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from './client.mjs';
import { formsOf } from './forms.mjs';
import { folderOf, full, nameOf, run } from './outside.mjs';

const SECONDS = full ? 3600 : 900, TOGETHER = 2; // of a busy machine
const QUICK_FIELDS = 2;

// -- queries and paths --------------------------------------------------------------------------------

// Each field of each query, and each number in a path.
function questions(routes) {
    const list = [];
    for (const route of routes.filter((one) => one.method === 'GET')) {
        const path = route.path.replace(/:id/, route.object === 'deal' ? 'DR-1' : '1').replace(/:[a-z]+/g, '1');
        // A search alone gets as far as the database; all fields at once are mostly refused before.
        if (route.query.includes('q'))
            list.push({ route, path: `${path}?q=a` });
        if (route.query.length > 0 && (full || !route.query.includes('q')))
            list.push({ route, path: `${path}?${route.query.map((field) => `${field}=1`).join('&')}` });
        else if (route.query.length === 0 && path !== route.path)
            list.push({ route, path: `${path}*` });
    }
    const quick = ['deal.list', 'deal.queue', 'users.list', 'customer.notification.list', 'receipt.verify_page', 'log.tile1', 'deal.show'];
    return list.filter(({ route }) => full || quick.includes(route.name) && !(route.name === 'users.list' && route.audience !== 'customer'));
}

// -- forms --------------------------------------------------------------------------------------------

// Forms that would end what the others need: the session, the person, his password.
const LAST = ['logout', 'account.sessions_end', 'account.session_end'];
const PUBLIC_START = ['/login', '/password', '/verify'];
const TYPED = ['text', 'search', 'email', 'textarea', 'tel', 'url', 'password'];
const FILLED = { email: 'a@b.example', url: 'https://a.example' };

// What a form is sent with: what it had, and something where it had nothing.
function filled({ fields }) {
    return fields.map(([name, value, type]) => [name, value !== '' || !TYPED.includes(type) ? value : FILLED[type] ?? 'a']);
}

// The fields of a form that are tried: those that people type into, then the others.
function tried({ fields }) {
    const names = (list) => [...new Set(list.map(([name]) => name))], usable = fields.filter(([name]) => name !== 'form_token');
    const typed = names(usable.filter(([, , type]) => TYPED.includes(type)));
    return full ? names(usable) : typed.length > 0 ? typed.slice(0, QUICK_FIELDS) : names(usable).slice(0, 1);
}

async function forms({ routes, people, guest }) {
    const list = [];
    for (const [audience, person, start] of [['public', guest, PUBLIC_START], ['partner', people.partner, ['/partner/', '/account']], ['customer', people.customer, ['/customer/']], ['staff', people.reviewer, ['/staff/']], ['staff', people.staff, ['/staff/']]])
        for (const form of await formsOf(person, routes, start))
            if (!LAST.includes(form.route.name) && tried(form).length > 0 && !list.some((other) => other.form.route.name === form.route.name && other.form.route.path === form.route.path))
                list.push({ audience, person, form });
    return list;
}

// -- the tool -----------------------------------------------------------------------------------------

const sound = /all tested parameters do not appear to be injectable|do(?:es)? not seem to be injectable/;

// Works LIST off, TOGETHER at a time; gives what was found and what did not come to its end.
async function workOff({ portal }, list, wordsOf) {
    const found = [], broken = [], waiting = [...list], folder = folderOf(portal);
    const relax = setInterval(() => portal.sql('DELETE FROM rate_bucket'), 2000); // or the limits answer in the form's stead
    const work = async (n) => {
        for (let one = waiting.shift(); one; one = waiting.shift()) {
            const { name, words } = wordsOf(one);
            const { text, status } = await run('sqlmap', [...words, '--batch', '--dbms=mysql', `--technique=${full ? 'BEUST' : 'BEU'}`, '--level=1', '--flush-session',
                `--output-dir=${join(folder, `sqlmap-${n}`)}`, `--proxy=${portal.proxy}`, '--skip=cookie,user-agent,referer,host', '--ignore-code=*', '--disable-coloring', '--timeout=20', '--retries=1'], SECONDS);
            // What only appears to be injectable it tries again itself before it says so.
            if (/identified the following injection|is vulnerable/.test(text))
                found.push(`${name}\n${text.slice(-1500)}`);
            else if (status !== 0 || !sound.test(text))
                broken.push(`${name} (${status}): ${text.slice(-500)}`);
        }
    };
    try {
        await Promise.all(Array.from({ length: TOGETHER }, (_, n) => work(n)));
    } finally {
        clearInterval(relax);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(broken, [], 'it did not come to its end');
}

// How often each route was answered as by its handler, in the programs' own words.
function answered(portal) {
    const counts = new Map();
    for (const program of ['public', 'login', 'partner', 'customer', 'staff'])
        for (const line of readFileSync(join(portal.folder, 'log', `${program}.log`), 'utf8').split('\n').filter((one) => one.includes('"POST"'))) {
            const { route, status } = JSON.parse(line);
            if ([200, 303, 404, 409, 422].includes(status))
                counts.set(route, (counts.get(route) ?? 0) + 1);
        }
    return counts;
}

export async function sqlmap(world) {
    const { portal, report, routes, people } = world, list = questions(routes), posts = await forms(world);
    await report.check(30, `sqlmap injects into no query and no path (${list.length} addresses, each audience's own log-in)`, () =>
        workOff(world, list, ({ route, path }) => ({ name: `${route.name} ${path}`,
            words: ['-u', `${portal.originOf(nameOf(route.audience))}${path}`, `--cookie=${(people[route.audience] ?? people.partner).cookie()}`] })));
    await report.check(30, `sqlmap injects into no form (${posts.length} forms, ${posts.reduce((sum, { form }) => sum + tried(form).length, 0)} fields)`, async () => {
        const before = answered(portal);
        await workOff(world, posts, ({ person, form }) => {
            const origin = portal.originOf(person.name), token = form.fields.some(([name]) => name === 'form_token');
            return { name: `${form.route.name} ${form.action}`, words: ['-u', `${origin}${form.action}`, `--data=${encode(filled(form))}`, `-p`, tried(form).join(','), `--cookie=${person.cookie()}`,
                ...(token ? ['--csrf-token=form_token', `--csrf-url=${origin}${form.page}`, '--csrf-method=GET'] : [])] };
        });
        const after = answered(portal), unheard = posts.filter(({ form }) => (after.get(form.route.name) ?? 0) - (before.get(form.route.name) ?? 0) < 10).map(({ form }) => form.route.name);
        assert.deepEqual(unheard, [], 'these forms were hardly heard');
        return posts.map(({ audience, form }) => `${audience} ${form.action}: ${tried(form).join(', ')}`).join('\n');
    });
}
