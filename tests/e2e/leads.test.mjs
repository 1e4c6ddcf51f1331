// A lead from the public form to its second partner: routed, declined from the mail, routed again.
// Elements are found by their names in forms, so that one way serves both languages.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { close, faultsOf, open, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example';
const COMPANY = 'Zweidorf Kranbau GmbH';
const mailFolder = join(process.env.FAIRWAY_VAR, 'mail');

// Until LOOK gives something.
async function until(what, look) {
    for (let tries = 0; tries < 120; tries++) {
        const found = await look();
        if (found)
            return found;
        await wait(500);
    }
    return assert.fail(`${what} did not come within a minute`);
}

async function ask(page) {
    await page.locator('#company_name').fill(COMPANY);
    await page.locator('#country').selectOption('DE');
    await page.locator('#city').fill('Hamburg');
    await page.locator('#region').fill('Hamburg');
    await page.locator('#person_name').fill('Greta Thoms');
    await page.locator('#email').fill('greta.thoms@zweidorf.example');
    await page.locator('#consent').check();
    await wait(3500); // a person types longer than this
    await page.locator('main form[action="/contact"] button[type=submit]').click();
}

// Number and partner of the lead, once a partner has it that is not BUT.
const offered = (staff, but = '') => until('an offer', async () => {
    await staff.goto(`/staff/leads?view=offered&q=${encodeURIComponent(COMPANY)}`);
    const row = staff.locator('tbody tr').first();
    if (await row.count() === 0)
        return null;
    const partner = (await row.locator('td[data-label="Partner"]').innerText()).trim();
    return partner && partner !== but ? { number: await row.locator('.fw-id').innerText(), partner } : null;
});

const linkFor = (number) => until(`the mail about ${number}`, () => {
    for (const name of readdirSync(mailFolder).filter((file) => file.endsWith('.eml'))) {
        const text = readFileSync(join(mailFolder, name), 'utf8');
        const link = text.match(/\/lead\/[\w-]{43}/);
        if (link && text.includes(number))
            return link[0];
    }
    return null;
});

test('A guest’s question finds a partner, who declines from the mail, and then another one', async () => {
    const guest = await open('/contact');
    assert.deepEqual(await faultsOf(guest), []);
    await ask(guest);
    assert.equal(new URL(guest.url()).pathname, '/contact/thanks');

    const staff = await openAs(STAFF, '/staff/leads');
    const first = await offered(staff);
    const link = await linkFor(first.number);
    await guest.goto(link);
    assert.deepEqual(await faultsOf(guest), []);
    assert.doesNotMatch(await guest.locator('main').innerText(), /Greta Thoms/);
    await guest.locator('#reason').selectOption('no_capacity');
    await guest.locator('form[action$="/decline"] button[type=submit]').click();
    assert.match(await guest.locator('main').innerText(), /declined/);

    const second = await offered(staff, first.partner);
    assert.equal(second.number, first.number);
    await guest.goto(link);
    assert.match(await guest.locator('main').innerText(), /no longer works/);
    await staff.goto(`/staff/leads/${first.number}`);
    const text = await staff.locator('main').innerText();
    assert.match(text, /Greta Thoms/);
    assert.match(text, /Why this partner/);
    await close(guest);
    await close(staff);
});
