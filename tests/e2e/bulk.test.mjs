// Registering from a list, in both languages, with and without JavaScript: the file, its faults, the
// choice, what became of each row, and the refused rows corrected and sent again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { close, faultsOf, openAs } from './portal.mjs';

const CHINESE = 'lin.xiaowen@huaxin.example';
const ENGLISH = 'emma.whitfield@brightwater.example';
const folder = mkdtempSync(join(tmpdir(), 'fairway-bulk-'));
const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

const textOf = (page) => page.locator('main').innerText();
const press = (page, value) => page.locator(`.fw-savebar button[name=do][value=${value}]`).click();
const numbersOf = async (page) => (await textOf(page)).match(/DR-\d+/g) ?? [];

function writeList(name, text) {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
}

async function upload(page, file) {
    await page.goto('/partner/deals');
    await page.locator('a[href="/partner/deals/bulk"]').click();
    await page.locator('#file').setInputFiles(file);
    await page.locator('main form button.btn-primary').click();
    assert.match(page.url(), /\/partner\/deals\/bulk\/\d+/, await textOf(page));
}

/** Waits until nothing runs any more: the page follows by itself with JavaScript, by its link without. */
async function untilThrough(page, script) {
    if (script)
        return page.waitForFunction(() => !document.querySelector('#bulk-job'));
    for (let tries = 0; tries < 60 && await page.locator('#bulk-job').count() > 0; tries++) {
        await wait(250);
        await page.locator('#bulk-job a').click();
    }
    return assert.equal(await page.locator('#bulk-job').count(), 0);
}

async function downloaded(page, locator) {
    const [download] = await Promise.all([page.waitForEvent('download'), locator.click()]);
    return readFileSync(await download.path(), 'utf8');
}

/** The same page with JavaScript, which the looks at it need, on a phone in the dark. */
async function lookAt(person, page) {
    const look = await openAs(person, page.url(), { theme: 'dark', width: 390, lang: 'zh-CN' });
    assert.deepEqual(await faultsOf(look), []);
    await close(look);
}

async function sendAndCorrect(person, { script, headings, good, bad, wrong, right, fault }) {
    const page = await openAs(person, '/partner/deals', { script });
    await upload(page, writeList('list.csv', `${headings}\n${good}\n${bad}\n`));
    await untilThrough(page, script);
    assert.match(await textOf(page), fault);
    await lookAt(person, page);
    const refused = await downloaded(page, page.locator('a[href$="/refused.csv"]'));
    await press(page, 'submit');
    await untilThrough(page, script);
    assert.equal((await numbersOf(page)).length, 1, await textOf(page));
    await lookAt(person, page);
    assert.ok(refused.includes(wrong), refused);
    await upload(page, writeList('corrected.csv', refused.replace(wrong, right)));
    await untilThrough(page, script);
    await press(page, 'draft');
    await untilThrough(page, script);
    const [number] = await numbersOf(page);
    await page.goto(`/partner/deals/${number}/edit`);
    assert.equal(await page.locator('#quantity-0').inputValue(), right.match(/\d+/)[0]);
    assert.equal(await page.locator('[name=custom_funding]').inputValue(), 'own');
    await close(page);
}

test('a list is checked, sent, corrected and sent again, in English with JavaScript', () =>
    sendAndCorrect(ENGLISH, {
        script: true,
        headings: 'Company name,Country,Product line,Quantity,Estimated value,Currency,' +
            'Expected close date,Contact at the customer,E-mail of the contact,Who pays',
        good: `Thornbury Looms Ltd,United Kingdom,Storage,2,"12,000.00",GBP,${day},Ann Lee,ann@thornbury.example,Leasing`,
        bad: `Ravenglass Boats Ltd,GB,Network,a few,900,GBP,${day},Ann Lee,ann@ravenglass.example,own`,
        wrong: ',a few,', right: ',17,', fault: /Quantity “a few”: Enter a whole number/,
    }));

test('a list is checked, sent, corrected and sent again, in Chinese without JavaScript', () =>
    sendAndCorrect(CHINESE, {
        script: false,
        headings: '公司名称;国家或地区;产品线;数量;预计金额;币种;预计成交日期;客户联系人;联系人邮箱;资金来源',
        good: `泉州鹭岚纺织有限公司;中国;存储;2;12000;CNY;${day};陈伟;chen@lulan.example;融资租赁`,
        bad: `漳州澜屿食品有限公司;中国;网络;若干;900;CNY;${day};陈伟;chen@lanyu.example;自有资金`,
        wrong: ',若干,', right: ',17,', fault: /数量\s*“若干”/,
    }));

test('a list is cancelled, and a file that is none says what is wrong with it', async () => {
    const page = await openAs(ENGLISH, '/partner/deals');
    await upload(page, writeList('list.csv', 'Company name\nThornbury Looms Ltd\n'));
    await untilThrough(page, true);
    await press(page, 'cancel');
    assert.match(await textOf(page), /Cancelled/);
    await page.locator('#file').setInputFiles(writeList('list.xlsx', 'PK\x03\x04'));
    await page.locator('main form button.btn-primary').click();
    assert.match(await textOf(page), /workbook is damaged/);
    assert.equal(await page.locator('#file').getAttribute('aria-invalid'), 'true');
    await close(page);
});
