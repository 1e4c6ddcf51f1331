// Custom fields: the vendor's administrator defines one, staff fill it in and find by it; with and without
// JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, openAs } from './portal.mjs';

const ADMINISTRATOR = 'henrik.halvorsen@halden.example';
const PARTNER = 'emma.whitfield@brightwater.example';
const FIELDS = '/staff/setup/fields';

async function define(page, kind, code, name, type) {
    await page.goto(`${FIELDS}/new?kind=${kind}`);
    await page.locator('[name=code]').fill(code);
    await page.locator('[name=name_en]').fill(name);
    await page.locator('[name=name_zh]').fill('测试字段');
    await page.locator('[name=type]').selectOption(type);
}

const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click();

// A worker keeps what fields there are for a second.
async function openWith(page, path, field) {
    for (let tries = 0; tries < 20; tries++) {
        await page.goto(path);
        if (await page.locator(field).count() > 0)
            return;
        await page.waitForTimeout(250);
    }
    assert.fail(`${path} has no ${field}`);
}

for (const script of [true, false]) {
    const suffix = script ? 'scripted' : 'plain';

    test(`a field is defined, filled in, shown and found by, ${suffix}`, async () => {
        const page = await openAs(ADMINISTRATOR, FIELDS, { script });
        const name = `Rating ${suffix}`, code = `rating_${suffix}`;

        await define(page, 'account', code, name, 'choice');
        await page.locator('[name=filterable]').check();
        await save(page);
        await page.getByRole('link', { name: 'New choice' }).click();
        await page.locator('[name=code]').fill('high');
        await page.locator('[name=name_en]').fill('High up');
        await page.locator('[name=name_zh]').fill('高');
        await save(page);
        assert.match(await page.locator('main').innerText(), /High up/);

        await openWith(page, '/staff/accounts/3042/edit', `[name=custom_${code}]`);
        await page.locator(`[name=custom_${code}]`).selectOption('high');
        await save(page);
        assert.match(await page.locator('main').innerText(), new RegExp(`${name}\\s+High up`));
        if (script)
            assert.deepEqual(await faultsOf(page), []);

        await page.goto(`/staff/accounts?view=all&custom_${code}=high`);
        assert.equal(await page.locator('tbody tr').count(), 1);
        assert.equal(await page.locator(`#list-custom_${code}`).inputValue(), 'high');
        assert.deepEqual(page.complaints, []);
        await close(page);
    });
}

test('opportunities are found by the fields that their reader sees', async () => {
    const staff = await openAs(ADMINISTRATOR, '/staff/opportunities?view=all&custom_decides=tender');
    const partner = await openAs(PARTNER, '/partner/opportunities');

    assert.ok(await staff.locator('tbody tr').count() > 0);
    assert.equal(await staff.locator('#list-custom_decides').inputValue(), 'tender');
    assert.deepEqual(await faultsOf(staff), []);
    assert.equal(await partner.locator('#list-custom_decides').count(), 1);
    assert.equal(await partner.locator('#list-custom_floor_price').count(), 0);
    await partner.locator('#list-custom_power').fill('1..200');
    await partner.getByRole('button', { name: 'Apply' }).click();
    assert.ok(await partner.locator('tbody tr').count() > 0);
    assert.deepEqual(await faultsOf(partner), []);
    await close(staff);
    await close(partner);
});

for (const script of [true, false])
    test(`a partner fills in a registration’s fields, the vendor its own, ${script ? 'scripted' : 'plain'}`, async () => {
        const partner = await openAs(PARTNER, '/partner/deals/new', { script });
        const company = `Zedernholz Werke ${script ? 'Nord' : 'Süd'}`;

        assert.equal(await partner.locator('[name=custom_credit]').count(), 0);
        await partner.locator('[name=company_name]').fill(company);
        await partner.locator('[name=custom_tender_no]').fill('T-4711');
        await partner.getByRole('button', { name: 'Save draft' }).last().click();
        assert.equal(await partner.locator('[name=custom_tender_no]').inputValue(), 'T-4711');
        await partner.goto('/partner/deals?custom_tender_no=T-4711');
        assert.match(await partner.locator('tbody').innerText(), new RegExp(company));

        const staff = await openAs(ADMINISTRATOR, '/staff/deals?view=all&custom_tender_no=T', { script });

        await staff.locator('tbody a.fw-id').first().click();
        await staff.getByRole('link', { name: 'Own fields' }).click();
        await staff.locator('[name=custom_credit]').selectOption('passed');
        await save(staff);
        assert.match(await staff.locator('main').innerText(), /Credit check\s+Passed/);
        if (script) {
            assert.deepEqual(await faultsOf(partner), []);
            assert.deepEqual(await faultsOf(staff), []);
        }
        await close(staff);
        await close(partner);
    });

test('what is no number stays in the form with its fault, and nothing is saved', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/accounts/3042/edit', { script: false });

    await page.locator('[name=custom_sites]').fill('several');
    await save(page);
    assert.equal(await page.locator('#custom_sites').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator('#custom_sites').inputValue(), 'several');
    await page.goto('/staff/accounts/3042');
    assert.doesNotMatch(await page.locator('main').innerText(), /several/);
    await close(page);
});

test('the pages of fields stand every look, in both languages', async () => {
    const page = await openAs(ADMINISTRATOR, FIELDS);

    for (const path of [FIELDS, `${FIELDS}/1`, `${FIELDS}/new`, `${FIELDS}/1/options/new`]) {
        await page.goto(`${path}?lang=zh`);
        assert.deepEqual(await faultsOf(page), []);
        await page.goto(`${path}?lang=en`);
        assert.deepEqual(await faultsOf(page), []);
    }
    await close(page);
});
