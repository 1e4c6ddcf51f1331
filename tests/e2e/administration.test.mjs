// What the portal's administrator does besides people: the audit trail, parameters, health, roles, departments,
// and seeing the portal as another person does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, open, openAs } from './portal.mjs';

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

test('staff see the portal as a partner does, change nothing there, and are themselves again', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/users?view=partner', { script: false });
    await page.getByRole('searchbox').last().fill('insa.petersen');
    await page.keyboard.press('Enter');
    await page.locator('tbody a').first().click();
    await page.getByRole('button', { name: 'See as this person' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    assert.equal(new URL(page.url()).pathname, '/partner/');
    for (const path of ['/partner/', '/partner/users', '/partner/deals']) {
        await page.goto(path);
        assert.match(await page.locator('.fw-banner').innerText(), /You can change nothing/);
    }
    await page.goto('/partner/users/new');
    await page.locator('[name=email]').fill('nobody@nordlicht.example');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    assert.match(await page.locator('body').innerText(), /You only look here/);
    await page.goto('/partner/');
    await page.locator('.fw-banner button').click();
    assert.match(page.url(), /\/staff\/users\/\d+/);
    await page.goto('/partner/');
    assert.equal(new URL(page.url()).pathname, '/staff/');
    await close(page);
});

test('a role is copied, and deleted while nobody has it', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/roles');
    await page.getByRole('link', { name: 'Auditor', exact: true }).click();
    await page.getByRole('link', { name: 'Copy' }).click();
    await page.locator('[name=name_en]').fill('Night auditor');
    await page.locator('[name=name_zh]').fill('夜间审计员');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Night auditor' }).click();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('button', { name: 'Delete this role' }).click();
    assert.equal(await page.getByRole('link', { name: 'Night auditor' }).count(), 0);
    await close(page);
});

test('a department is made below another, moved, and deleted when nothing is in it', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/departments', { script: false });
    const row = (name) => page.getByRole('row', { name });
    await row('Europe').getByRole('link', { name: /New below/ }).click();
    await page.locator('[name=name_en]').fill('Benelux');
    await page.locator('[name=name_zh]').fill('比荷卢');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Benelux', exact: true }).click();
    await page.locator('[name=below]').selectOption({ label: 'Halden Compute' });
    await page.getByRole('button', { name: 'Save' }).click();
    assert.match(await row('Benelux').innerText(), /Level 1/);
    await page.getByRole('link', { name: 'Benelux', exact: true }).click();
    await page.getByRole('button', { name: 'Delete this department' }).click();
    assert.equal(await row('Benelux').count(), 0);
    await close(page);
});

test('a holiday is entered into a business calendar, and removed', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/setup', { script: false });
    const year = new Date().getUTCFullYear() + 1;
    const row = () => page.getByRole('row', { name: 'Company day' });
    await page.getByRole('link', { name: 'Business calendars' }).click();
    await page.getByRole('link', { name: 'China' }).click();
    await page.locator('[name=day]').fill(`${year}-11-28`);
    await page.locator('[name=kind][value=holiday]').check();
    await page.locator('[name=holiday_en]').fill('Company day');
    await page.locator('[name=holiday_zh]').fill('司庆日');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: String(year) }).click();
    assert.match(await row().innerText(), /Closed/);
    await row().getByRole('button').click();
    await page.getByRole('link', { name: String(year) }).click();
    assert.equal(await row().count(), 0);
    await close(page);
});

test('a rate is entered from a day on, and one in the past is refused', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/setup/currencies/GBP', { script: false });
    const year = new Date().getUTCFullYear() + 1;
    await page.locator('[name=rate]').fill('1.31');
    await page.locator('[name=since]').fill('2026-01-05');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.match(await page.locator('main').innerText(), /Choose a day from tomorrow on/);
    await page.locator('[name=since]').fill(`${year}-01-05`);
    await page.getByRole('button', { name: 'Save' }).click();
    assert.match(await page.getByRole('row', { name: /5 Jan/ }).innerText(), /coming/);
    await page.getByRole('button', { name: /Remove the rate/ }).click();
    assert.equal(await page.getByRole('row', { name: /5 Jan/ }).count(), 0);
    await close(page);
});

test('the look of the portal is tried, saved for everybody, readable in both themes, and taken back', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/setup/branding');
    const name = page.locator('.fw-side .fw-brand'), press = (words) =>
        page.getByRole('button', { name: words }).click();
    await page.locator('[name=accent_light]').fill('#ffb000');
    await press('Preview');
    const fault = await page.locator('#accent_light-err').innerText();
    page.complaints.length = 0; // the browser says that the form was refused
    await page.locator('[name=accent_light]').fill(fault.match(/#[0-9a-f]{6}/)[0]);
    await page.locator('[name=accent_dark]').fill('#ffb000');
    await page.locator('[name=name_en]').fill('Halden Hub');
    await press('Preview');
    assert.deepEqual(await faultsOf(page), []);
    assert.match(await name.innerText(), /Fairway/);
    await press('Save');
    assert.match(await name.innerText(), /Halden Hub/);
    for (const theme of ['light', 'dark']) {
        const guest = await open('/login', { theme });
        assert.match(await guest.title(), /Halden Hub$/);
        assert.deepEqual(await faultsOf(guest), []);
        await close(guest);
        const staff = await openAs(ADMINISTRATOR, '/staff/', { theme });
        assert.deepEqual(await faultsOf(staff), []);
        await close(staff);
    }
    await press('Back to Fairway’s own look');
    assert.match(await name.innerText(), /Fairway/);
    await close(page);
});

test('two tags of companies become one, after its effect was shown', async () => {
    const page = await openAs(ADMINISTRATOR, '/staff/setup/tags');
    await page.getByRole('link', { name: 'Trade fair 2026' }).click();
    await page.locator('[name=name]').fill('Fair 2026');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Fair 2026' }).click();
    await page.locator('select[name=into]').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'See what happens' }).click();
    assert.match(await page.locator('main').innerText(), /with “Fair 2026” get “Key account” instead/);
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('button', { name: 'Merge' }).click();
    assert.match(await page.locator('h1').innerText(), /Key account/);
    await page.goto('/staff/setup/tags');
    assert.equal(await page.getByRole('link', { name: 'Fair 2026' }).count(), 0);
    await close(page);
});
