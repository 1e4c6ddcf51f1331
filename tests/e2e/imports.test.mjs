// Accounts come from a file: its columns are chosen, its rows looked at, written by the worker, and taken back
// as one; with and without JavaScript.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { close, faultsOf, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example';
const folder = mkdtempSync(join(tmpdir(), 'fairway-imports-'));
const mark = Date.now().toString(36);

after(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (page) => page.locator('main').innerText();
const press = (page, value) => page.locator(`main button[name=do][value=${value}]`).click();

/** Waits until nothing runs any more: the page follows by itself with JavaScript, by its link without. */
async function untilThrough(page, script) {
    if (script)
        return page.waitForFunction(() => !document.querySelector('#import-job'));
    for (let tries = 0; tries < 60 && await page.locator('#import-job').count() > 0; tries++) {
        await wait(250);
        await page.locator('#import-job a').click();
    }
    return assert.equal(await page.locator('#import-job').count(), 0);
}

async function looksWell(page, script) {
    if (script)
        assert.deepEqual(await faultsOf(page), []);
}

async function upload(page, name, script) {
    const file = join(folder, `accounts-${script}.csv`);
    writeFileSync(file, `Firma,Land,Ort\n${name},Germany,Kiel\n${name} GmbH,DE,Kiel\n,DE,Kiel\n`);
    await page.locator('main a[href="/staff/imports/new"]').first().click();
    await page.locator('#file').setInputFiles(file);
    await press(page, 'upload');
    assert.match(page.url(), /\/staff\/imports\/IM-\d+/, await textOf(page));
}

async function chooseColumns(page) {
    await page.selectOption('#column', 'name');
    await page.selectOption('#column-2', 'country');
    await page.selectOption('#column-3', 'city');
    await press(page, 'map');
}

async function importAndTakeBack(script) {
    const page = await openAs(STAFF, '/staff/imports', { script });
    const name = `Quellwasser ${mark} ${script ? 'Analytik' : 'Behaelter'}`;
    await upload(page, name, script);
    await looksWell(page, script);
    await chooseColumns(page);
    await untilThrough(page, script);
    assert.match(await textOf(page), /Enter the company’s name\./);
    assert.match(await textOf(page), /Like row 2 of this file/);
    await looksWell(page, script);
    await press(page, 'good');
    await untilThrough(page, script);
    await page.getByRole('link', { name, exact: true }).click();
    assert.match(await textOf(page), /Kiel/);
    await page.goBack();
    await press(page, 'undo');
    await untilThrough(page, script);
    assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0);
    assert.match(await textOf(page), /Taken back/);
    await close(page);
}

test('A file of accounts is mapped, checked, written and taken back', () => importAndTakeBack(true));
test('All of it works without JavaScript', () => importAndTakeBack(false));
