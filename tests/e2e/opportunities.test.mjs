// An opportunity of the vendor is shared with a partner, who accepts it without having seen the vendor's notes,
// and moves it on the board by keyboard, by the form in a card, and without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example';
const PARTNER = 'emma.whitfield@brightwater.example';
const NOTE = 'Floor price is nine percent below list';
const DAY_MS = 86_400_000;

const textOf = (page) => page.locator('main').innerText();

async function makeShared(page, name) {
    await page.goto('/staff/opportunities/new');
    await page.locator('#name').fill(name);
    await page.locator('#customer_name').fill('Saltmarsh Observatory');
    await page.locator('#customer_country').selectOption('GB');
    await page.locator('#currency').selectOption('GBP');
    await page.locator('#amount').fill('120000');
    await page.locator('#next_step').fill('Walk the site');
    await page.locator('#expected_close').fill(new Date(Date.now() + DAY_MS).toISOString().slice(0, 10));
    await page.locator('#inside_note').fill(NOTE);
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('.fw-savebar button[type=submit]').click();
    const number = page.url().match(/OP-\d+/)?.[0];
    assert.ok(number, await textOf(page));
    assert.match(await textOf(page), new RegExp(NOTE));
    await page.goto(`/staff/opportunities/${number}/share`);
    await page.locator('#partner_id').selectOption({ label: 'Brightwater Systems Ltd' });
    await page.locator('#level').selectOption('lead');
    await page.locator('#title').fill(`Telescope site ${number}`);
    await page.locator('.fw-savebar button[type=submit]').click();
    assert.match(page.url(), /note=opportunity_shared/, await textOf(page));
    return number;
}

async function accept(page, number) {
    await page.goto('/partner/opportunities');
    assert.doesNotMatch(await textOf(page), /Saltmarsh/);
    await page.locator('a', { hasText: `Telescope site ${number}` }).click();
    assert.doesNotMatch(await textOf(page), /Saltmarsh/);
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('form[action$="/accept"] button').click();
    assert.match(page.url(), new RegExp(`${number}\\?note=opportunity_accepted`), await textOf(page));
    assert.match(await textOf(page), /Saltmarsh Observatory/);
    assert.doesNotMatch(await page.content(), new RegExp(NOTE));
}

const columnOf = (page, number) => page.locator(`#${number}`).evaluate((card) => card.closest('[data-stage]').dataset.stage);

// “Move” brings the form into the card, Escape takes it away; it offers the next stage, and the others.
async function moveByForm(page, number) {
    const card = page.locator(`#${number}`), form = card.locator('form');
    await card.locator('.fw-mv').press('Enter');
    assert.equal(await form.locator('select').inputValue(), '4');
    assert.deepEqual(await form.locator('option').evaluateAll((all) => all.map((one) => one.value)), ['1', '2', '4', '5']);
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Escape');
    assert.equal(await form.isVisible(), false);
    await card.locator('.fw-mv').press('Enter');
    await form.locator('select').selectOption('2');
    await Promise.all([page.waitForURL(/note=saved/), page.keyboard.press('Tab').then(() => page.keyboard.press('Enter'))]);
    assert.equal(await columnOf(page, number), '2', 'the form in the card moves it');
}

test('A shared opportunity hides the vendor’s notes, and its partner moves it on the board', async () => {
    const staff = await openAs(STAFF, '/staff/');
    const number = await makeShared(staff, 'Observatory edge');
    const page = await openAs(PARTNER, '/partner/');
    await accept(page, number);

    await page.goto('/partner/opportunities/board');
    assert.deepEqual(await faultsOf(page), []);
    assert.equal(await columnOf(page, number), '1');
    await page.locator(`#${number}`).focus();
    await Promise.all([page.waitForURL(/note=saved/), page.keyboard.press('ArrowRight')]);
    assert.equal(await columnOf(page, number), '2', 'the arrow key moves it on');
    await page.locator(`#${number}`).dragTo(page.locator('[data-stage="3"]'));
    await page.waitForFunction((id) => document.getElementById(id)?.closest('[data-stage]').dataset.stage === '3', number);
    await moveByForm(page, number);
    await close(page);

    const plain = await openAs(PARTNER, '/partner/opportunities/board', { script: false });
    await plain.locator(`#${number} .fw-mv`).click();
    assert.match(await plain.locator('#move').innerText(), new RegExp(`${number} Observatory edge`));
    await plain.locator('#move select').selectOption('1');
    await plain.locator('#move button').click();
    assert.match(plain.url(), new RegExp(`/board\\?note=saved#${number}`));
    assert.equal(await columnOf(plain, number), '1', 'without a script the page’s form moves it');
    await close(plain);

    await staff.goto(`/staff/opportunities/${number}/task`);
    await staff.locator('#title').fill('Send the site drawings');
    await staff.locator('#owner_user_id').selectOption({ label: 'Emma Whitfield (Brightwater Systems Ltd)' });
    assert.deepEqual(await faultsOf(staff), []);
    await staff.locator('.fw-savebar button[type=submit]').click();
    await staff.locator('#activities summary').click();
    await staff.locator('#activity_people').fill('the observatory’s director');
    await staff.locator('#activity_body').fill('Nine percent is what we would take');
    await staff.locator('#activity_inside').check();
    assert.deepEqual(await faultsOf(staff), []);
    await staff.locator('#activities button[type=submit]').click();
    assert.match(await textOf(staff), /Call with the observatory’s director/);

    const hers = await openAs(PARTNER, '/partner/opportunities/tasks');
    assert.deepEqual(await faultsOf(hers), []);
    const row = hers.locator('tr', { hasText: 'Send the site drawings' }).filter({ hasText: number });
    await row.locator('button').click();
    assert.equal(await hers.locator('tr', { hasText: number }).count(), 0, 'what is done is off the list');
    await hers.goto(`/partner/opportunities/${number}`);
    assert.match(await textOf(hers), /Send the site drawings|What is done/);
    assert.doesNotMatch(await hers.content(), /Nine percent is what we would take/);
    await close(hers);

    await staff.goto(`/staff/opportunities/${number}`);
    assert.match(await textOf(staff), /Back to Qualification/);
    assert.match(await textOf(staff), /Emma Whitfield/);
    await close(staff);
});
