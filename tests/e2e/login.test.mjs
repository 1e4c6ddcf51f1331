// Log-in as a person meets it: password, second factor, a forgotten password, own settings.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, linkMailedBy, logIn, open, openAs, person, typePassword } from './portal.mjs';

const NEW_PASSWORD = 'harbour-lantern-42-olive';
const path = (page) => new URL(page.url()).pathname;

test('a wrong password and an unknown address get the same answer', async () => {
    const answers = [];
    for (const email of ['kevin.novak@lakeshore-tech.example', 'nobody@lakeshore-tech.example']) {
        const page = await open('/login');
        await typePassword(page, email, 'not-my-password-1');
        assert.equal(path(page), '/login');
        answers.push(await page.getByRole('alert').innerText());
        assert.deepEqual((await faultsOf(page)).filter((fault) => !fault.includes('422')), []);
        await close(page);
    }
    assert.equal(answers[0], answers[1]);
});

test('what was typed stays beside the fault, but never the password', async () => {
    const page = await open('/login');
    await typePassword(page, 'kevin.novak@lakeshore-tech.example', 'not-my-password-2');
    assert.equal(await page.locator('[name=email]').inputValue(), 'kevin.novak@lakeshore-tech.example');
    assert.equal(await page.locator('[name=password]').inputValue(), '');
    await close(page);
});

test('a partner logs in without JavaScript and is at home', async () => {
    const page = await open('/', { script: false });
    const { email, password } = person('fiona.macleod@havenport.example');
    await typePassword(page, email, password);
    assert.equal(path(page), '/partner/');
    await close(page);
});

test('staff need the code of their phone as well', async () => {
    const page = await open('/login');
    const { email, password } = person('ana.ruiz@halden.example');
    await typePassword(page, email, password);
    assert.equal(path(page), '/2fa');
    await page.locator('[name=code]').fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    assert.equal(path(page), '/2fa');
    assert.ok(await page.getByRole('alert').isVisible());
    await page.goto('/staff/');
    assert.equal(path(page), '/login');
    await logIn(page, email);
    assert.equal(path(page), '/staff/');
    await close(page);
});

test('who is sent to the log-in comes to the page asked for', async () => {
    const page = await open('/partner/users');
    const { email, password } = person('uwe.richter@elbtal-it.example');
    assert.equal(path(page), '/login');
    await typePassword(page, email, password);
    assert.equal(path(page), '/partner/users');
    await close(page);
});

test('a forgotten password is set anew by the link of a mail, once', async () => {
    const email = 'gemma.shaw@pennine-networks.example';
    const page = await open('/login');
    const link = await linkMailedBy(email, async () => {
        await page.getByRole('link', { name: 'Forgot your password?' }).click();
        await page.locator('[name=email]').fill(email);
        await page.getByRole('button', { name: 'Send the link' }).click();
    });
    await page.goto(link);
    await page.locator('[name=password]').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await logIn(page, email, NEW_PASSWORD);
    assert.equal(path(page), '/partner/');
    await page.goto(link);
    assert.equal(await page.locator('[name=password]').count(), 0);
    await close(page);
});

test('an unknown address is told nothing else when it asks for a link', async () => {
    const page = await open('/password');
    await page.locator('[name=email]').fill('nobody@lakeshore-tech.example');
    await page.getByRole('button', { name: 'Send the link' }).click();
    assert.match(await page.locator('body').innerText(), /If this address has a log-in, a mail with a link/);
    await close(page);
});

test('language, zone and theme are saved together and hold on every page', async () => {
    const page = await openAs('leonie.huber@isar-netze.example', '/account');
    await page.locator('#language').selectOption('zh-CN');
    await page.locator('#zone').selectOption('Asia/Shanghai');
    await page.locator('[name=theme][value=dark]').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.goto('/partner/');
    const html = page.locator('html');
    assert.equal(await html.getAttribute('lang'), 'zh-CN');
    assert.equal(await html.getAttribute('data-bs-theme'), 'dark');
    await page.goto('/account');
    assert.equal(await page.locator('#zone').inputValue(), 'Asia/Shanghai');
    await close(page);
});

test('the other language of the account menu stays while the browser is open', async () => {
    const page = await openAs('sanne.dewit@polder-it.example', '/partner/');
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('link', { name: '简体中文' }).click();
    await page.locator('nav#nav a[href="/partner/users"]').click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    await close(page);
});

test('logging out ends the session', async () => {
    const page = await open('/login');
    await logIn(page, 'wu.qiyue@qiyue.example');
    await page.locator('button[popovertarget=me]').click();
    await page.locator('form[action="/logout"] button').click();
    await page.goto('/partner/');
    assert.equal(path(page), '/login');
    await close(page);
});
