// Deal registration from a partner's first line to the vendor's decision, in both languages, with and
// without JavaScript.  Elements are found by their names in forms, so that one way serves both languages.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { close, faultsOf, openAs, person, typePassword } from './portal.mjs';

const FIRST = 'lin.xiaowen@huaxin.example'; // reads Chinese
const SECOND = 'emma.whitfield@brightwater.example';
const REVIEWER = 'claire.bennett@halden.example';
const EDGE = 'edge', STORAGE = 'storage', NETWORK = 'network';
const LINES = { [EDGE]: /Edge servers|边缘服务器/, [STORAGE]: /^(Storage|存储)$/, [NETWORK]: /^(Network|网络)$/ };
const DAY_MS = 86_400_000;

const textOf = (page) => page.locator('main').innerText();
const numberOf = (page) => page.url().match(/DR-\d+/)[0];
const press = (page, value) => page.locator(`.fw-savebar button[name=do][value=${value}]`).click();

async function chooseLine(page, row, line) {
    const options = await page.locator(`#line-${row} option`).allInnerTexts();
    const label = options.find((option) => LINES[line].test(option.trim()));
    assert.ok(label, `no product line ${line} among ${options}`);
    await page.locator(`#line-${row}`).selectOption({ label });
    await page.locator(`#quantity-${row}`).fill('4');
    await page.locator(`#value-${row}`).fill('300000');
}

// The page that this leads to has the new line, and takes what is typed.
async function addLine(page) {
    await page.locator('button[name=do][value=add]').click();
    await page.waitForURL(/\/edit\?more=/);
}

async function fillIn(page, company, country, lines) {
    await page.goto('/partner/deals/new');
    await page.locator('#company_name').fill(company);
    await page.locator('#country').selectOption(country);
    for (const [row, line] of lines.entries()) {
        if (await page.locator(`#line-${row}`).count() === 0)
            await addLine(page);
        await chooseLine(page, row, line);
    }
    await page.locator('#expected_close').fill(new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10));
    await page.locator('#contact_name').fill('Chen Wei');
    await page.locator('#contact_email').fill('chen.wei@customer.example');
}

async function register(page, company, country, lines) {
    await fillIn(page, company, country, lines);
    await press(page, 'submit');
    assert.match(page.url(), /\/partner\/deals\/DR-\d+\?note=deal_submitted/, await textOf(page));
    return numberOf(page);
}

async function decide(page, number, verb, { reason, text } = {}) {
    await page.goto(`/staff/deals/${number}`);
    await page.locator(`#verb-${verb}`).check();
    if (reason)
        await page.locator('#reason').selectOption(await page.locator(`#reason optgroup:nth-of-type(${reason}) option`)
            .first().getAttribute('value'));
    if (text)
        await page.locator('form[action$="/decide"] [name=text]').fill(text);
    await page.locator('form[action$="/decide"] button.btn-primary').click();
}

async function statusOf(page, address) {
    await page.goto(address);
    return page.locator('.fw-head .fw-status').first().innerText();
}

test('What was typed outlives the session: it is back after the log-in, with all its rows', async () => {
    const page = await openAs(SECOND, '/partner/deals/new');
    await fillIn(page, 'Kept Typing Ltd', 'GB', [EDGE]);
    await addLine(page);
    await chooseLine(page, 1, STORAGE);
    const path = new URL(page.url()).pathname;
    await page.context().clearCookies();
    const checked = page.waitForResponse(/\/deals\/check$/);
    await page.locator('#city').fill('Leeds');
    await checked; // which leaves the page as it is
    assert.equal(new URL(page.url()).pathname, path);
    await press(page, 'save');
    assert.equal(new URL(page.url()).pathname, '/login');
    assert.ok(await page.locator('[data-kept]').isVisible());
    await typePassword(page, SECOND, person(SECOND).password);
    assert.equal(new URL(page.url()).pathname, path);
    assert.ok(await page.locator('[data-put-back]').isVisible());
    assert.equal(await page.locator('#company_name').inputValue(), 'Kept Typing Ltd');
    assert.equal(await page.locator('#value-1').inputValue(), '300000');
    await page.reload();
    assert.ok(!await page.locator('[data-put-back]').isVisible(), 'once');
    await close(page);
});

test('Files that are too large are named before the form is sent', async () => {
    const page = await openAs(SECOND, '/partner/deals/new');
    await page.locator('#company_name').fill('Large Files Ltd');
    await page.locator('#files').setInputFiles(
        { name: 'large.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(26 * 1024 * 1024) });
    await press(page, 'save');
    assert.ok(await page.locator('#files-most').isVisible());
    assert.equal(await page.locator('#company_name').inputValue(), 'Large Files Ltd');
    await close(page);
});

test('two partners, one customer: both are seen by staff, neither by the other', async () => {
    const first = await openAs(FIRST, '/partner/');
    const second = await openAs(SECOND, '/partner/');
    const staff = await openAs(REVIEWER, '/staff/');
    const a = await register(first, '华为技术有限公司', 'CN', [EDGE, STORAGE]);

    await fillIn(second, 'Huawei Technologies Co., Ltd.', 'CN', [EDGE]);
    await press(second, 'save');
    assert.match(await second.locator('#verdict').innerText(), /a person will look/);
    await press(second, 'submit');
    const b = numberOf(second);
    const told = await textOf(second);
    for (const secret of [a, '华为', '华信', 'Huaxin'])
        assert.ok(!told.includes(secret), `the second partner reads ${secret}`);
    assert.equal((await second.goto(`/partner/deals/${a}`)).status(), 404);

    await staff.goto(`/staff/deals/${b}`);
    assert.match(await textOf(staff), /华为技术有限公司/);
    assert.ok((await textOf(staff)).includes(a));
    await decide(staff, b, 'approve');
    assert.match(await statusOf(staff, `/staff/deals/${b}`), /Submitted|In review/);

    await staff.getByRole('button', { name: /^Same customer.*华为技术有限公司/ }).click();
    await decide(staff, a, 'approve');
    assert.match(await statusOf(staff, `/staff/deals/${a}`), /Approved/);
    await decide(staff, b, 'approve');
    assert.match(await textOf(staff), /protected by another registration/);

    await staff.goto(`/staff/deals/${b}/overrule`);
    await staff.locator('#reason').selectOption({ index: 1 });
    await staff.locator('[name=text]').fill('The customer asked for this partner in writing.');
    await staff.locator('main form button.btn[type=submit]').first().click();
    assert.match(await statusOf(staff, `/staff/deals/${b}`), /Approved/);
    assert.match(await statusOf(second, `/partner/deals/${b}`), /Approved/);
    assert.match(await statusOf(first, `/partner/deals/${a}`), /已批准/);
    const left = await first.locator('section[aria-labelledby=protection-h], #protection').innerText();
    assert.match(left, /存储/);
    assert.ok(!(await textOf(first)).includes(b));
    await Promise.all([first, second, staff].map(close));
});

test('a registration is returned, answered and withdrawn, without JavaScript', async () => {
    const partner = await openAs(SECOND, '/partner/', { script: false });
    const staff = await openAs(REVIEWER, '/staff/', { script: false });
    const number = await register(partner, 'Whitby Harbour Trust', 'GB', [NETWORK]);
    await decide(staff, number, 'return', { reason: 1, text: 'Which harbour is it?' });
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Returned to you/);
    assert.match(await textOf(partner), /Which harbour is it\?/);
    await partner.goto(`/partner/deals/${number}/edit`);
    await partner.locator('#description').fill('The eastern harbour.');
    await press(partner, 'submit');
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Submitted|In review/);
    await partner.goto(`/partner/deals/${number}/withdraw`);
    await partner.locator('main form button.btn[type=submit]').first().click();
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /Withdrawn/);
    await partner.goto(`/partner/deals/${number}/withdraw`);
    assert.match(await textOf(partner), /Withdrawn|cannot/);
    await Promise.all([partner, staff].map(close));
});

test('a registration is written, saved and submitted in Chinese without JavaScript', async () => {
    const partner = await openAs(FIRST, '/partner/', { script: false });
    await fillIn(partner, '珠海横琴海工装备有限公司', 'CN', [EDGE, NETWORK]);
    await press(partner, 'save');
    const number = numberOf(partner);
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /草稿/);
    await partner.goto(`/partner/deals/${number}/edit`);
    assert.equal(await partner.locator('#company_name').inputValue(), '珠海横琴海工装备有限公司');
    await press(partner, 'submit');
    assert.match(await statusOf(partner, `/partner/deals/${number}`), /已提交|审核中/);
    await close(partner);
});

test('every fault stands at its field, and what was typed stays', async () => {
    const page = await openAs(SECOND, '/partner/deals/new');
    await page.locator('#company_name').fill('Faulty Customer Ltd');
    await page.locator('#value-0').fill('minus ten');
    await page.locator('#contact_email').fill('no-address');
    await press(page, 'submit');
    for (const field of ['value-0', 'contact_email', 'expected_close'])
        assert.equal(await page.locator(`#${field}`).getAttribute('aria-invalid'), 'true', field);
    assert.equal(await page.locator('#company_name').inputValue(), 'Faulty Customer Ltd');
    assert.equal(await page.locator('#value-0').inputValue(), 'minus ten');
    assert.deepEqual((await faultsOf(page)).filter((fault) => !fault.includes('422')), []);
    await close(page);
});

test('a form sent twice acts once', async () => {
    const page = await openAs(SECOND, '/partner/');
    await fillIn(page, 'Twice Pressed Ltd', 'GB', [STORAGE]);
    const fields = await page.locator('form#f').evaluate((form) =>
        [...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    const body = new FormData();
    for (const [name, value] of [...fields, ['do', 'save']])
        body.append(name, value);
    const send = () => page.request.post('/partner/deals/new', { multipart: body, maxRedirects: 0 });
    const answers = [await send(), await send()];
    assert.deepEqual(answers.map((answer) => answer.status()), [303, 303]);
    const [one, two] = answers.map((answer) => answer.headers().location.match(/DR-\d+/)[0]);
    assert.equal(one, two);
    await close(page);
});

test('an extension is asked for and granted', async () => {
    const partner = await openAs(SECOND, '/partner/'), staff = await openAs(REVIEWER, '/staff/');
    const number = await register(partner, 'Kielder Forest Research', 'GB', [STORAGE]);
    await decide(staff, number, 'approve');
    await partner.goto(`/partner/deals/${number}/extension`);
    await partner.locator('[name=progress]').fill('The trial runs until the end of the quarter.');
    await partner.locator('[name=days]').first().check();
    await partner.locator('.fw-savebar button[type=submit]').click();
    assert.match(await textOf(partner), /The trial runs/);
    await staff.goto(`/staff/deals/${number}`);
    assert.match(await textOf(staff), /The trial runs/);
    const form = staff.locator('form[action$="/extension"]');
    await form.locator('button[type=submit]').first().click();
    await partner.goto(`/partner/deals/${number}`);
    assert.match(await partner.locator('section[aria-labelledby=extensions-h], #extensions').innerText(), /Granted/);
    await Promise.all([partner, staff].map(close));
});

test('the list finds by name, keeps its view in the address and goes out as a file', async () => {
    const page = await openAs(FIRST, '/partner/deals');
    const rows = page.locator('tbody tr');
    const all = await rows.count();
    assert.ok(all > 5);
    await page.locator('#list-q').fill('苏州');
    await page.locator('#list-q').press('Enter');
    assert.ok(await rows.count() >= 1 && await rows.count() < all);
    assert.match(await rows.first().innerText(), /苏州/);
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.locator('a[href*="/partner/deals.csv"]').click()]);
    const csv = readFileSync(await download.path(), 'utf8').trim().split('\n');
    assert.equal(csv.length, await rows.count() + 1);
    await close(page);
});

test('a list that is longer than a page goes on and comes back', async () => {
    const page = await openAs(REVIEWER, '/staff/deals?view=all');
    const first = await page.locator('tbody tr a.fw-id').allInnerTexts();
    await page.locator('a[rel=next]').click();
    const second = await page.locator('tbody tr a.fw-id').allInnerTexts();
    assert.ok(second.length > 0 && second.every((number) => !first.includes(number)));
    await page.locator('a[rel=prev]').click();
    assert.deepEqual(await page.locator('tbody tr a.fw-id').allInnerTexts(), first);
    await close(page);
});

test('a view of a list is saved by its name and removed again', async () => {
    const page = await openAs(SECOND, '/partner/deals');
    await page.locator('a.fw-sort').first().click();
    await page.locator('main details summary').click();
    await page.locator('main details [name=name]').fill('Mine for Monday');
    await page.locator('main details form').first().locator('button').click();
    await page.getByRole('link', { name: 'Mine for Monday' }).click();
    await page.locator('main details summary').click();
    await page.locator('form[action$="/views/delete"] button').click();
    assert.equal(await page.getByRole('link', { name: 'Mine for Monday' }).count(), 0);
    await close(page);
});

test('what a partner asks of a free customer is answered by line, and counted', async () => {
    const page = await openAs(SECOND, '/partner/free');
    await page.locator('#company_name').fill('Penrith Quarry Machines');
    await page.locator('#country').selectOption('GB');
    await page.locator('[name=line]').first().check();
    await page.locator('main form button[type=submit]').first().click();
    assert.match(await page.locator('section[role=status]').innerText(), /Edge servers: Free/);
    assert.deepEqual(await faultsOf(page), []);
    await close(page);
});
