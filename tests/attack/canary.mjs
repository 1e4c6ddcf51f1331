// What one company writes is for itself and for staff: looked for in everything that leaves the portal for others.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ask, formOf } from './client.mjs';
import { register } from './checklist.mjs';
import { hiddenOf } from '../support/portal.mjs';
import { PORTAL_NAME } from './portal.mjs';
import { takeTheSame } from './timing.mjs';

const CANARY = 'Zaunkoenig24', SHARED = 'Attack Shared Customer Ltd';
// As long, and nobody's.
const NOTHING = 'Kaulbarsch42';

// A registration for a customer whom another partner wants, too, with the words in every text, sent back by staff.
async function live({ people }) {
    const texts = ['description', 'city', 'address', 'contact_title', 'competitors', 'done_so_far'].map((name) => [name, `${CANARY} ${name}`]);
    const number = await register(people.partner, `${CANARY} project`, SHARED, texts);
    await register(people.partner, `${CANARY} alone`, `${CANARY} Holdings Ltd`, texts);
    const page = await people.partner.get(`/partner/deals/DR-${number}`);
    await people.partner.post(`/partner/deals/DR-${number}/comment`, { ...hiddenOf(formOf(page.text, '/comment')), body: `${CANARY} comment` });
    const review = await people.reviewer.get(`/staff/deals/DR-${number}`), form = formOf(review.text, '/decide');
    assert.ok(form && review.text.includes(CANARY), 'staff do not see it');
    const { status } = await people.reviewer.post(`/staff/deals/DR-${number}/decide`, { ...hiddenOf(form), verb: 'return', reason: 'project_unclear', text: `${CANARY} reason`, staff_note: `${CANARY} note` });
    assert.equal(status, 303);
    return number;
}

async function mailsAreSent(portal) {
    for (let tries = 0; tries < 120 && portal.sql("SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')")[0][0] !== '0'; tries++)
        await wait(250);
}

// A mail as its reader sees it: words do not end at the encoding's line ends.
const plain = (mail) => mail.replace(/=\r?\n/g, '') + [...mail.matchAll(/\r?\n\r?\n((?:[A-Za-z0-9+/]{40,}={0,2}\r?\n)+)/g)].map(([, part]) => Buffer.from(part, 'base64').toString()).join('');

// -- pages of others ----------------------------------------------------------------------------------

// Every page without an object that a stranger, and a customer, is shown, with what he may ask it.
function* pagesOf({ routes, people }) {
    for (const route of routes.filter((one) => one.method === 'GET' && one.object === '-' && ['partner', 'customer', 'signed-in'].includes(one.audience)))
        for (const person of [people.stranger, people.customer].filter((one) => route.audience === 'signed-in' || one.row.audience === route.audience))
            yield { route, person, path: route.path.replace(/:[a-z]+/g, '1') };
}

// A page without what changes by itself: tokens, references, and how long ago something was.
const steady = (text) => text.replace(/value="[^"]{20,}"/g, '').replace(/\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/g, '').replace(/<time\b[\s\S]*?<\/time>/g, '');

async function shown(world) {
    const pages = new Map();
    for (const { person, path } of pagesOf(world))
        pages.set(`${path} of ${person.row.email}`, steady((await person.get(path)).text));
    return pages;
}

// Where two texts part.
function difference(one, other) {
    let at = 0;
    while (at < one.length && one[at] === other[at])
        at++;
    return `${JSON.stringify(one.slice(Math.max(0, at - 80), at + 80))} became ${JSON.stringify(other.slice(Math.max(0, at - 80), at + 80))}`;
}

const jobsAreDone = async (portal) => {
    for (let tries = 0; tries < 120 && portal.sql("SELECT COUNT(*) FROM job WHERE state <> 'done' AND due_at < UTC_TIMESTAMP(6)")[0][0] !== '0'; tries++)
        await wait(250);
};

export async function stranger(world) {
    const { portal, report, people } = world;
    await report.check(24, "no count, figure and page of others changes by a company's registrations", async () => {
        await register(people.stranger, 'Attack 24 before', SHARED);
        await jobsAreDone(portal);
        const before = await shown(world);
        world.canary = await live(world);
        await jobsAreDone(portal);
        for (const [name, text] of await shown(world))
            assert.ok(text === before.get(name), `${name}: ${difference(before.get(name), text)}`);
        return `${before.size} pages`;
    });
    const own = portal.sql(`SELECT email FROM user WHERE audience = 'staff' OR account_id = (SELECT account_id FROM user WHERE email_key = '${people.partner.row.email}')`).flat();
    await report.check(24, "a company's words are in no page, sheet and search of others", async () => {
        await register(people.stranger, 'Attack 24 after', SHARED);
        for (const { person, path } of pagesOf(world)) {
            const { text, status } = await person.get(path);
            assert.ok(status < 500 && !text.includes(CANARY), `${path} of ${person.row.email}`);
        }
        for (const [person, path] of [[people.partner, '/partner/deals'], [people.partner, '/partner/deals.csv'], [people.partner, '/partner/deals.xlsx'],
            [people.reviewer, '/staff/deals?view=all'], [people.reviewer, '/staff/deals.csv?view=all'], [people.reviewer, '/staff/deals.xlsx?view=all']]) {
            const { status, text } = await person.get(path);
            assert.ok(text.includes(CANARY), `${path} (${status}): who may see it does not`);
        }
    });
    await report.check(24, "a search for a company's words finds as much as one for nobody's, in every list and sheet of others", async () => {
        let searches = 0;
        for (const { route, person, path } of pagesOf(world))
            for (const view of route.query.includes('q') ? ['', '&view=all'] : []) {
                const [his, none] = await Promise.all([CANARY, NOTHING].map((word) => person.get(`${path}?q=${word}${view}`)));
                const [one, other] = [his, none].map(({ text }, i) => steady(text).replaceAll([CANARY, NOTHING][i], 'WORD'));
                assert.ok(his.status === none.status && one === other, `${path}: ${difference(other, one)}`);
                searches++;
            }
        return `${searches} searches`;
    });
    const asStranger = (path) => () => () => ask(portal, path, { name: PORTAL_NAME, headers: { cookie: people.stranger.cookie() } });
    await report.check(24, 'and takes as long', () =>
        takeTheSame(portal, ['partner'], { his: asStranger(`/partner/deals?q=${CANARY}`), nobodys: asStranger(`/partner/deals?q=${NOTHING}`) }));
    await report.check(20, "another account's number takes as long as one that is not there", () =>
        takeTheSame(portal, ['partner'], { his: asStranger(`/partner/deals/DR-${world.canary}`), nobodys: asStranger('/partner/deals/DR-987654321') }));
    await report.check(24, "and in no mail and no notification of others", async () => {
        await mailsAreSent(portal);
        const folder = join(portal.folder, 'mail'), marks = new Set(own.map((email) => createHash('sha256').update(email).digest('hex').slice(0, 8)));
        let seen = 0;
        for (const name of readdirSync(folder).filter((one) => one.endsWith('.eml'))) {
            const has = plain(readFileSync(join(folder, name), 'utf8')).includes(CANARY);
            seen += has;
            assert.ok(!has || marks.has(name.split('-').pop().replace('.eml', '')), name);
        }
        assert.ok(seen > 0, 'nobody was written to');
        const told = portal.sql(`SELECT DISTINCT u.email FROM notification n JOIN user u ON u.id = n.user_id WHERE n.values_json LIKE '%${CANARY}%'`).flat();
        assert.deepEqual(told.filter((email) => !own.includes(email)), []);
        return `${seen} mails and ${told.length} people had them`;
    });
    await report.check(24, 'and in no log', () => {
        for (const name of readdirSync(join(portal.folder, 'log')))
            assert.ok(!readFileSync(join(portal.folder, 'log', name), 'utf8').includes(CANARY), name);
    });
}
