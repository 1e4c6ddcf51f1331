// Reports: written by a person, shown with a chart, opened to the rows behind it, shared, read by another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { close, faultsOf, openAs } from './portal.mjs';

// The page of a refused form has its status.
const complaints = async (page) => (await faultsOf(page)).filter((fault) => !fault.includes('status of 422'));
const WRITER = 'claire.bennett@halden.example', READER = 'wang.lei@halden.example';

test('a report is written, drawn, opened to its rows, saved as a file and shared', async () => {
    const name = `By quarter ${Date.now()}`;
    const page = await openAs(WRITER, '/staff/reports');
    await page.getByRole('link', { name: 'New report' }).click();
    await page.getByRole('link', { name: 'Deal registrations', exact: true }).last().click();
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=group1]').selectOption('submitted');
    await page.locator('[name=span1]').selectOption('quarter');
    await page.locator('[name=figure1]').selectOption('count');
    await page.locator('[name=figure2]').selectOption('sum value');
    await page.locator('[name=filter1]').selectOption('submitted');
    await page.locator('[name=op1]').selectOption('last_days');
    await page.locator('[name=value1]').fill('lots');
    await page.locator('[name=chart]').selectOption('bars');
    await page.locator('[name=share][value=staff]').check();
    await page.getByRole('button', { name: 'Save and show' }).click();
    await page.getByText('Enter a number of days from 1 to 3660.').waitFor();
    await page.locator('[name=value1]').fill('365');
    await page.getByRole('button', { name: 'Save and show' }).click();
    await page.locator('h1', { hasText: name }).waitFor();
    assert.deepEqual(await complaints(page), []);
    const bars = page.locator('svg.fw-chart-long a'), rows = page.locator('#result tbody tr, section:has(table) tbody tr');
    assert.ok(await bars.count() > 1);
    const count = (await rows.first().locator('td').first().textContent()).trim();

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    assert.match(readFileSync(await download.path(), 'utf8'), new RegExp(`-01,${count},`));

    await page.locator('[name=every]').selectOption('week');
    await page.locator('[name=hour]').selectOption('8');
    await page.locator('form[action$="/mail"] button').click();
    await page.getByText('The next one comes on').waitFor();
    assert.deepEqual(await complaints(page), []);

    await bars.first().click();
    await page.locator('th a[href*="/staff/deals/DR-"]').first().waitFor();
    assert.equal(await page.locator('th a[href*="/staff/deals/DR-"]').count(), Number(count));
    assert.deepEqual(await complaints(page), []);
    await close(page);

    const reader = await openAs(READER, '/staff/reports?view=shared');
    await reader.getByRole('link', { name }).click();
    await reader.locator('h1', { hasText: name }).waitFor();
    assert.equal(await reader.locator('main a[href$="/edit"]').count(), 0);
    await reader.locator('form[action$="/copy"] button').click();
    assert.equal(await reader.locator('[name=name]').inputValue(), `${name} 的副本`); // he reads Chinese
    assert.deepEqual(await faultsOf(reader), []);
    await close(reader);
});
