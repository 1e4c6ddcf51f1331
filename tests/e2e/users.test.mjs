// Users of a company, its own administrator, and what staff may do with roles and notifications.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, linkMailedBy, logIn, open, openAs } from './portal.mjs';

const ADMINISTRATOR = 'insa.petersen@nordlicht.example';
const STAFF = 'henrik.halvorsen@halden.example';
const PASSWORD = 'copper-meadow-73-sail';

async function invite(page, email, name) {
    await page.goto('/partner/users/new');
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=name]').fill(name);
    await page.getByRole('checkbox', { name: /^Sales/ }).check();
    await page.getByRole('button', { name: 'Send the invitation' }).click();
}

async function openUser(page, name) {
    await page.goto('/partner/users');
    await page.getByRole('link', { name }).click();
}

test('an invited person chooses a password and is in, without JavaScript', async () => {
    const email = 'jana.moller2@nordlicht.example';
    const page = await openAs(ADMINISTRATOR, '/partner/users', { script: false });
    const link = await linkMailedBy(email, () => invite(page, email, 'Jana Müller'));
    const guest = await open(link, { script: false });
    assert.deepEqual(await guest.locator('[name=name]').inputValue(), 'Jana Müller');
    await guest.locator('[name=password]').fill(PASSWORD);
    await guest.getByRole('button', { name: 'Begin' }).click();
    assert.equal(new URL(guest.url()).pathname, '/partner/');
    await guest.goto('/partner/users');
    assert.equal(await guest.locator('a[href="/partner/users/new"]').count(), 0);
    await close(guest);
    await close(page);
});

test('an invitation without address or role names both faults and keeps the name', async () => {
    const page = await openAs(ADMINISTRATOR, '/partner/users/new');
    await page.locator('[name=name]').fill('Ole Brandt');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    assert.equal(await page.locator('#email').getAttribute('aria-invalid'), 'true');
    assert.ok(await page.locator('#roles-err').isVisible());
    assert.equal(await page.locator('[name=name]').inputValue(), 'Ole Brandt');
    assert.deepEqual((await faultsOf(page)).filter((fault) => !fault.includes('422')), []);
    await close(page);
});

test('a disabled person is out at once, and back when allowed again', async () => {
    const email = 'timo.frank2@nordlicht.example';
    const page = await openAs(ADMINISTRATOR, '/partner/users');
    const link = await linkMailedBy(email, () => invite(page, email, 'Timo Funk'));
    const other = await open(link);
    await other.locator('[name=password]').fill(PASSWORD);
    await other.getByRole('button', { name: 'Begin' }).click();
    await openUser(page, 'Timo Funk');
    await page.getByRole('button', { name: 'Disable' }).click();
    await other.goto('/partner/');
    assert.equal(new URL(other.url()).pathname, '/login');
    await openUser(page, 'Timo Funk');
    await page.getByRole('button', { name: 'Allow to log in again' }).click();
    await logIn(other, email, PASSWORD);
    await close(other);
    await close(page);
});

test('a user of another company is a page that does not exist', async () => {
    const theirs = await openAs(ADMINISTRATOR, '/partner/users');
    const href = await theirs.locator('tbody a').first().getAttribute('href');
    const page = await openAs('luis.herrera@caldera-integration.example', '/partner/');
    assert.equal((await page.goto(href)).status(), 404);
    await close(page);
    await close(theirs);
});

test('a role is reviewed before it is saved, and holds on the next page of those who have it', async () => {
    const page = await openAs(STAFF, '/staff/roles?audience=partner');
    const box = page.getByRole('checkbox', { name: /: Finance/ }).and(page.locator(':not([disabled])')).first();
    const was = await box.isChecked(), name = await box.getAttribute('aria-label');
    await box.setChecked(!was);
    await page.getByRole('button', { name: 'Review changes' }).click();
    assert.ok(await page.getByRole('heading', { name: 'What will change' }).isVisible());
    await page.locator('button[name=do][value=save]').click();
    await page.goto('/staff/roles?audience=partner');
    const now = page.getByRole('checkbox', { name, exact: true });
    assert.equal(await now.isChecked(), !was);
    await now.setChecked(was);
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.locator('button[name=do][value=save]').click();
    await close(page);
});

test('what one is told by mail is chosen, and safety cannot be turned off', async () => {
    const page = await openAs('heike.ahrens@weserstahl.example', '/customer/notifications/preferences');
    const choice = page.locator('select[name=mail]:has(option[value="user.joined:never"])');
    assert.ok(await page.getByRole('cell', { name: 'At once, always' }).count() > 0);
    for (const value of ['user.joined:daily', 'user.joined:never']) {
        await choice.selectOption(value);
        await page.getByRole('button', { name: 'Save' }).click();
        await page.goto('/customer/notifications/preferences');
        assert.equal(await choice.inputValue(), value);
    }
    await close(page);
});
