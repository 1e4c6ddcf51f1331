// What the portal's administrator does besides people and roles: the audit trail, parameters, health.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, openAs } from './portal.mjs';

const ADMINISTRATOR = 'henrik.halvorsen@halden.example';
const AUDITOR = 'chidi.okafor@halden.example';
const PARAMETER = '/staff/parameters/deal.idle_days';

test('a parameter is changed, is in effect at once, and its history shows before and after', async () => {
    const page = await openAs(ADMINISTRATOR, PARAMETER, { script: false });
    await page.locator('[name=value]').fill('6');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.equal(await page.locator('#value').getAttribute('aria-invalid'), 'true');
    await page.locator('[name=value]').fill('75');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.match(await page.locator('main').innerText(), /75 days/);
    await page.getByRole('link', { name: 'History' }).click();
    await page.locator('summary').first().click();
    const row = await page.locator('tbody tr').first().innerText();
    assert.match(row, /75/);
    assert.match(await page.locator('main').innerText(), /The chain is whole/);
    await page.goto(PARAMETER);
    await page.getByRole('button', { name: 'Back to the default' }).click();
    assert.match(await page.locator('main').innerText(), /60 days/);
    await close(page);
});

test('two who change one parameter do not overwrite each other', async () => {
    const first = await openAs(ADMINISTRATOR, PARAMETER), second = await openAs(ADMINISTRATOR, PARAMETER);
    await first.locator('[name=value]').fill('80');
    await first.getByRole('button', { name: 'Save' }).click();
    await second.locator('[name=value]').fill('90');
    await second.getByRole('button', { name: 'Save' }).click();
    assert.match(await second.locator('main').innerText(), /Somebody changed this meanwhile/);
    assert.equal(await second.locator('[name=value]').inputValue(), '90');
    await close(second);
    await first.goto(PARAMETER);
    await first.getByRole('button', { name: 'Back to the default' }).click();
    await close(first);
});

test('the auditor reads everything, has the trail checked, and can change nothing', async () => {
    const page = await openAs(AUDITOR, '/staff/audit');
    assert.ok(await page.locator('tbody tr').count() > 5);
    await page.getByRole('button', { name: /Check all of it now|Go on/ }).click();
    await page.getByText('none was changed, none is missing').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.goto(PARAMETER);
    assert.equal(await page.locator('[name=value]').count(), 0);
    await page.goto('/staff/health');
    assert.equal(await page.getByRole('button', { name: 'Run again' }).count(), 0);
    await close(page);
});

test('the health page says how programs, queues and the database are, in both languages', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/health');
    const text = await page.locator('main').innerText();
    for (const words of [/partner: it serves and reaches the database/, /of the disk is free/, /MariaDB/])
        assert.match(text, words);
    await page.goto('/staff/health?lang=zh');
    assert.match(await page.locator('main').innerText(), /partner：正常服务/);
    await close(page);
});
