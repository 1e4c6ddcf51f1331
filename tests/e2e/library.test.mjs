// The library: a document goes from a draft to a partner's download, and the vendor sees who has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { close, faultsOf, openAs } from './portal.mjs';

const STAFF = 'claire.bennett@halden.example', PARTNER = 'lin.xiaowen@huaxin.example';

test('a document is written, published, found and downloaded', async () => {
    const name = `Rack planning ${Date.now()}`;
    const staff = await openAs(STAFF, '/staff/library/new');
    await staff.locator('[name=name_en]').fill(name);
    await staff.locator('[name=name_zh]').fill('机柜规划');
    await staff.locator('[name=files]').setInputFiles(
        { name: 'rack.txt', mimeType: 'text/plain', buffer: Buffer.from('Forty units, two supplies.') });
    await staff.getByRole('button', { name: 'Save as a draft' }).click();
    assert.deepEqual(await faultsOf(staff), []);
    await staff.getByRole('button', { name: 'Publish' }).click();
    await staff.locator('main .fw-status', { hasText: 'Published' }).waitFor();

    const partner = await openAs(PARTNER, `/partner/library?q=${encodeURIComponent(name)}`);
    assert.deepEqual(await faultsOf(partner), []);
    const [download] = await Promise.all([
        partner.waitForEvent('download'),
        partner.locator('a[href$="/file"]').click(),
    ]);
    assert.equal(readFileSync(await download.path(), 'utf8'), 'Forty units, two supplies.');
    await close(partner);

    await staff.reload();
    assert.equal(await staff.locator('section', { hasText: 'Who downloaded it' }).locator('tbody tr').count(), 1);
    await close(staff);
});

test('an announcement is counted in the menu until it is opened', async () => {
    const title = `Depot ${Date.now()}`;
    const staff = await openAs(STAFF, '/staff/announcements/desk/new');
    for (const [field, text] of [['title_en', title], ['title_zh', title], ['body_en', 'We move.'], ['body_zh', '搬迁。']])
        await staff.locator(`[name=${field}]`).fill(text);
    await staff.getByRole('button', { name: 'Save as a draft' }).click();
    assert.deepEqual(await faultsOf(staff), []);
    await staff.getByRole('button', { name: 'Publish' }).click();
    await staff.locator('main .fw-status', { hasText: 'Published' }).waitFor();

    const partner = await openAs(PARTNER, '/partner/announcements');
    for (let tries = 0; tries < 30 && !await partner.locator('li[data-unread]', { hasText: title }).count(); tries++) {
        await partner.waitForTimeout(1000);
        await partner.reload();
    }
    assert.deepEqual(await faultsOf(partner), []);
    await partner.locator('li[data-unread]', { hasText: title }).locator('a').click();
    await partner.locator('h1', { hasText: title }).waitFor();
    assert.deepEqual(await faultsOf(partner), []);
    await partner.goto('/partner/announcements');
    assert.equal(await partner.locator('li[data-unread]', { hasText: title }).count(), 0);
    await close(partner);
    await close(staff);
});
