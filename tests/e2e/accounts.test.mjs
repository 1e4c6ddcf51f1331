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

test('A company that was deleted lies in the bin, and is restored from there', async () => {
    const page = await openAs(STAFF, '/staff/accounts/new');
    await page.locator('#name').fill('Sandbank Testing BV');
    await page.locator('#country').selectOption('NL');
    await page.locator('.fw-savebar button[type=submit]').click();
    await page.locator('h1', { hasText: 'Sandbank Testing BV' }).waitFor();
    const address = new URL(page.url()).pathname;
    await page.locator(`a[href="${address}/delete"]`).click();
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('#reason').fill('Made by mistake');
    await page.locator('form[action$="/delete"] button').click();
    assert.match(await textOf(page), /It lies in the bin/);
    assert.match(await textOf(page), /Made by mistake/);
    assert.deepEqual(await faultsOf(page), []);
    await page.goto('/staff/accounts/bin');
    assert.match(await textOf(page), /Aurora Logistic \(duplicate\)/);
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('main a', { hasText: 'Sandbank Testing BV' }).click();
    await page.locator('form[action$="/restore"] button').click();
    assert.match(page.url(), /note=restored/);
    await page.goto('/staff/accounts/2001/delete');
    assert.match(await textOf(page), /This account cannot be deleted yet/);
    assert.deepEqual(await faultsOf(page), []);
    await close(page);
});

async function made(page, name, city) {
    await page.goto('/staff/accounts/new');
    await page.locator('#name').fill(name);
    await page.locator('#country').selectOption('NL');
    await page.locator('#city').fill(city);
    await page.locator('.fw-savebar button[type=submit]').click();
    await page.locator('h1', { hasText: name }).waitFor();
    return new URL(page.url()).pathname.split('/').at(-1);
}

test('Two records of one company are compared, and become one', async () => {
    const page = await openAs(STAFF, '/staff/');
    const twice = await made(page, 'Zeewind Rotterdam', 'Rotterdam');
    const kept = await made(page, 'Zeewind Rotterdam BV', 'Delft');
    await page.locator(`a[href="/staff/accounts/${kept}/merge"]`).click();
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('#with').fill(twice);
    await page.locator('form[action$="/merge"] button').click();
    assert.deepEqual(await faultsOf(page), []);
    await page.locator('input[name=pick_city][value=other]').check();
    await page.locator('form[method=post][action$="/merge"] button[type=submit]').click();
    assert.match(page.url(), new RegExp(`/staff/accounts/${kept}\\?note=merged`));
    assert.match(await textOf(page), /Rotterdam/);
    assert.match(await textOf(page), new RegExp(`Earlier numbers\\s+${twice}`));
    assert.deepEqual(await faultsOf(page), []);
    await page.goto(`/staff/accounts/${twice}`);
    assert.match(page.url(), new RegExp(`/staff/accounts/${kept}$`));
    await close(page);
});

test('Of two merges of the same companies, each into the other, one is done and both people see what stays', async () => {
    const one = await openAs(STAFF, '/staff/');
    for (let round = 0; round < 3; round++) {
        const a = await made(one, `Noordzee Kade ${round}`, 'Breda');
        const b = await made(one, `Noordzee Haven ${round}`, 'Breda');
        const two = await one.context().newPage();
        await one.goto(`/staff/accounts/${a}/merge?with=${b}`);
        await two.goto(`/staff/accounts/${b}/merge?with=${a}`);
        await Promise.all([one, two].map((page) =>
            page.locator('form[method=post][action$="/merge"] button[type=submit]').click()));
        for (const page of [one, two])
            assert.doesNotMatch(await page.locator('body').innerText(), /went wrong|try again later/i);
        const places = await Promise.all([a, b].map(async (id) => {
            const answer = await one.request.get(`/staff/accounts/${id}`);
            return new URL(answer.url()).pathname;
        }));
        assert.equal(new Set(places).size, 1);
        await two.close();
    }
    await close(one);
});
