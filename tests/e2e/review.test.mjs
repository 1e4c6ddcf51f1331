// How the vendor decides: the automatic rules as staff change them, approvals in several steps, appeals
// against a refusal, and changes to what was approved.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, openAs } from './portal.mjs';

const PARTNER = 'emma.whitfield@brightwater.example';
const HEAD = 'claire.bennett@halden.example';
const GERMANY = 'jonas.wendt@halden.example', UNITED_KINGDOM = 'ana.ruiz@halden.example';
const DAY_MS = 86_400_000;
const WORKER_MS = 30_000;

const textOf = (page) => page.locator('main').innerText();
const press = (page, value) => page.locator(`.fw-savebar button[name=do][value=${value}]`).click();
const rowOf = (page, name) => page.locator('tbody tr', { hasText: name });

async function fillIn(page, company, country, value = '300000') {
    await page.goto('/partner/deals/new');
    await page.locator('#company_name').fill(company);
    await page.locator('#country').selectOption(country);
    const options = await page.locator('#line-0 option').allInnerTexts();
    await page.locator('#line-0').selectOption({ label: options.find((option) => /^Network$/.test(option.trim())) });
    await page.locator('#quantity-0').fill('4');
    await page.locator('#value-0').fill(value);
    await page.locator('#expected_close').fill(new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10));
    await page.locator('#contact_name').fill('Grace Hill');
    await page.locator('#contact_email').fill('grace.hill@customer.example');
}

async function register(page, company, country, value) {
    await fillIn(page, company, country, value);
    await press(page, 'submit');
    assert.match(page.url(), /note=deal_submitted/, await textOf(page));
    return page.url().match(/DR-\d+/)[0];
}

async function decide(page, number, verb, text) {
    await page.goto(`/staff/deals/${number}`);
    await page.locator(`#verb-${verb}`).check();
    if (verb === 'reject') {
        const reason = page.locator('#reason optgroup:nth-of-type(2) option').first();
        await page.locator('#reason').selectOption(await reason.getAttribute('value'));
    }
    if (text)
        await page.locator('form[action$="/decide"] [name=text]').fill(text);
    await page.locator('form[action$="/decide"] button.btn-primary').click();
}

async function statusOf(page, address) {
    await page.goto(address);
    return page.locator('.fw-head .fw-status').first().innerText();
}

// What the worker does after a page, normally within a second.
async function until(page, address, pattern) {
    const end = Date.now() + WORKER_MS;
    do
        await page.goto(address);
    while (!pattern.test(await textOf(page)) && Date.now() < end);
    assert.match(await textOf(page), pattern);
}

test('a rule is written, tried, moved, switched off and deleted', async () => {
    const page = await openAs(HEAD, '/staff/deals/rules');
    await page.locator('a[href="/staff/deals/rules/new"]').click();
    await page.locator('#name_en').fill('Portuguese renewals');
    await page.locator('#country').selectOption('PT');
    await page.locator('#outcome').selectOption('approve');
    await press(page, 'try');
    assert.match(await textOf(page), /It fits none of the/);
    assert.equal(await page.locator('#name_en').inputValue(), 'Portuguese renewals');
    await press(page, 'save');
    assert.match(page.url(), /\/staff\/deals\/rules\?note=saved/);
    const order = async () => (await page.locator('tbody th[scope=row]').allInnerTexts()).map((name) => name.trim());
    const before = await order();
    assert.equal(before.at(-1), 'Portuguese renewals');
    await rowOf(page, 'Portuguese renewals').locator('button[title="Move up"]').click();
    assert.equal((await order()).at(-2), 'Portuguese renewals');
    assert.match(await rowOf(page, 'Portuguese renewals').innerText(), /Switched off/);
    await rowOf(page, 'Portuguese renewals').locator('button[title="Switch on"]').click();
    assert.match(await rowOf(page, 'Portuguese renewals').innerText(), /Switched on/);
    await page.locator('tbody a', { hasText: 'Portuguese renewals' }).click();
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('.fw-savebar a[href$="/delete"]').click();
    await page.locator('main form button.btn[type=submit]').first().click();
    assert.ok(!(await order()).includes('Portuguese renewals'));
    await close(page);
});

test('a large deal is previewed, and approved by all who have to, one step after the other', async () => {
    const partner = await openAs(PARTNER, '/partner/');
    const head = await openAs(HEAD, '/staff/'), germany = await openAs(GERMANY, '/staff/');
    await fillIn(partner, 'Nordlicht Reederei GmbH', 'DE', '400000');
    await press(partner, 'save');
    assert.match(await textOf(partner), /Channel manager, within 8 hours/);
    assert.match(await textOf(partner), /within 20 business hours/);
    await press(partner, 'submit');
    const number = partner.url().match(/DR-\d+/)[0];
    await until(germany, `/staff/deals/${number}`, /Who decides/);
    await decide(germany, number, 'approve');
    assert.match(germany.url(), /note=deal_step_approved/);
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /In review/);
    await decide(germany, number, 'approve');
    assert.match(await textOf(germany), /This step waits for others/);
    assert.equal(await germany.locator('form[action$="/decide"]').count(), 0);
    await decide(head, number, 'approve');
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Approved/);
    await Promise.all([partner, head, germany].map(close));
});

test('a refusal is appealed, decided by another, and then final', async () => {
    const partner = await openAs(PARTNER, '/partner/');
    const head = await openAs(HEAD, '/staff/'), germany = await openAs(GERMANY, '/staff/');
    const number = await register(partner, 'Solway Firth Ferries', 'GB', '30000');
    await decide(head, number, 'reject', 'No budget yet.');
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Rejected/);
    await partner.goto(`/partner/deals/${number}/appeal`);
    await partner.locator('[name=reason]').fill('The budget was approved yesterday.');
    await partner.locator('.fw-savebar button[type=submit]').click();
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /In review/);
    await head.goto(`/staff/deals/${number}`);
    assert.match(await textOf(head), /The budget was approved yesterday\./);
    assert.equal(await head.locator('form[action$="/decide"]').count(), 0);
    await decide(germany, number, 'reject', 'Still none.');
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Rejected/);
    assert.equal(await partner.locator('a[href$="/appeal"]').count(), 0);
    await Promise.all([partner, head, germany].map(close));
});

test('a change to an approved registration is made at once, or decided', async () => {
    const partner = await openAs(PARTNER, '/partner/'), head = await openAs(HEAD, '/staff/');
    const number = await register(partner, 'Speyside Cask Works', 'GB', '30000');
    await decide(head, number, 'approve');
    await partner.goto(`/partner/deals/${number}/amend`);
    await partner.locator('#project_name').fill('Cask tracking');
    await partner.locator('#city').fill('Elgin');
    await partner.locator('.fw-savebar button[type=submit]').first().click();
    assert.match(await textOf(partner), /Cask tracking/);
    await head.goto(`/staff/deals/${number}`);
    const form = head.locator('form[action$="/amendment"]');
    assert.match(await textOf(head), /Elgin/);
    await form.locator('button[value=approve]').click();
    assert.equal(await head.locator('form[action$="/amendment"]').count(), 0);
    await partner.goto(`/partner/deals/${number}`);
    assert.match(await textOf(partner), /Elgin/);
    await Promise.all([partner, head].map(close));
});

test('a change that makes a registration large is previewed, and made when all of its steps are approved', async () => {
    const partner = await openAs(PARTNER, '/partner/');
    const head = await openAs(HEAD, '/staff/'), region = await openAs(UNITED_KINGDOM, '/staff/');
    const number = await register(partner, 'Tayside Granite Works', 'GB', '30000');
    const answer = async (page, value) => {
        await page.goto(`/staff/deals/${number}`);
        await page.locator(`form[action$="/amendment"] button[value=${value}]`).click();
    };
    await decide(head, number, 'approve');
    await partner.goto(`/partner/deals/${number}/amend`);
    await partner.locator('#value-1').fill('900000');
    await press(partner, 'preview');
    assert.match(await textOf(partner), /Channel manager, within 8 hours/);
    assert.deepEqual(await faultsOf(partner), []);
    await press(partner, 'submit');
    await until(partner, `/partner/deals/${number}`, /0 of 2 approvals are given/);
    await answer(region, 'approve');
    assert.match(region.url(), /note=deal_step_approved/);
    assert.match(await textOf(region), /This step waits for others/);
    assert.equal(await region.locator('form[action$="/amendment"]').count(), 0);
    await partner.goto(`/partner/deals/${number}`);
    assert.match(await textOf(partner), /1 of 2 approvals are given/);
    await head.goto('/staff/deals/approvals');
    assert.match(await rowOf(head, number).innerText(), /Change/);
    await answer(head, 'approve');
    await partner.goto(`/partner/deals/${number}`);
    assert.match(await textOf(partner), /900,000/);
    assert.doesNotMatch(await textOf(partner), /approvals are given/);
    await Promise.all([partner, head, region].map(close));
});
