// A member of staff finds everything about a company on one page: enters a contact, places the company below
// another, and keeps a file of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example';

const textOf = (page) => page.locator('main').innerText();

async function openAccount(page, name) {
    await page.goto(`/staff/accounts?view=all&q=${encodeURIComponent(name)}`);
    await page.locator('main table a', { hasText: name }).first().click();
    await page.locator('h1', { hasText: name }).waitFor();
}

test('One page has everything of a company, and a contact is entered on it', async () => {
    const page = await openAs(STAFF, '/staff/');
    await openAccount(page, 'Aurora Logistics AG');
    assert.match(await textOf(page), /Almut Reinders/);
    assert.match(await textOf(page), /Hansekai Terminal GmbH/);
    assert.match(await textOf(page), /Open value/);
    assert.deepEqual(await faultsOf(page), []);

    await page.locator('#contacts a', { hasText: 'New contact' }).click();
    await page.locator('#name').fill('Ylva Nordqvist');
    await page.locator('#email').fill('ylva.nordqvist@aurora-logistics.example');
    await page.locator('.fw-savebar button[type=submit]').click();
    assert.match(page.url(), /contacts\?note=saved/);
    assert.match(await textOf(page), /Ylva Nordqvist/);
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('a', { hasText: 'New contact' }).click();
    await page.locator('.fw-savebar button[type=submit]').click();
    assert.match(await textOf(page), /Enter the person’s name\./);
    await close(page);
});

test('A company is placed below another, and never below its own subsidiary', async () => {
    const page = await openAs(STAFF, '/staff/');
    await openAccount(page, 'Aurora Logistics AG');
    const place = async (number) => {
        await page.locator('summary', { hasText: 'Place it below another account' }).click();
        await page.locator('#parent').fill(number);
        await page.locator('form[action$="/parent"] button').click();
    };
    await place('3050');
    assert.match(await textOf(page), /That account is this one, or stands below it\./);
    await page.goto('/staff/accounts/3047');
    await place('2001');
    assert.match(page.url(), /note=saved/, await textOf(page));
    assert.match(await textOf(page), /Aurora Logistics AG/);
    await close(page);
});

test('A file of a company is kept, and removed', async () => {
    const page = await openAs(STAFF, '/staff/accounts/2003');
    await page.locator('#files').setInputFiles({
        name: 'Site plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Gate 4, second floor'),
    });
    await page.locator('form[action$="/files"] button').click();
    assert.match(await textOf(page), /Site plan\.txt/);
    await page.locator('form[action*="/files/"][action$="/delete"] button').first().click();
    assert.doesNotMatch(await textOf(page), /Site plan\.txt/);
    await close(page);
});

test('A partner’s page leads to a list of each kind that is his', async () => {
    const page = await openAs(STAFF, '/staff/accounts/1005');
    assert.match(await textOf(page), /Won this year/);
    assert.deepEqual(await faultsOf(page), []);
    for (const list of ['deals', 'opportunities', 'leads', 'contacts', 'users']) {
        await page.goto(`/staff/accounts/1005/${list}`);
        assert.deepEqual(await faultsOf(page), []);
    }
    await close(page);
});
