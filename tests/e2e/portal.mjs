// What the tests in a browser share: the browser, the people of the demo company, their log-ins, mails,
// and the looks at a page that every page has to stand.
//
// The portal is the one at FAIRWAY_URL, its folder FAIRWAY_VAR; both come from tests/run.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { allRules, violationsOf } from '../support/axe.mjs';
import { codeOf, nextCode, readPeople } from '../support/portal.mjs';

export const url = process.env.FAIRWAY_URL;
const folder = process.env.FAIRWAY_VAR;
const MAIL_SECONDS = 30;

// -- people

export function person(email) {
    const one = readPeople(folder).find((row) => row.email === email);
    assert.ok(one, `the demo company has nobody called ${email}`);
    return one;
}

// -- the browser

let browser;

before(async () => {
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
});

after(() => browser?.close());

/** Options: lang en or zh-CN, theme light or dark, width and height in pixels, script false for a browser
 *  without JavaScript.  The page collects in .complaints what the console says. */
export async function open(path = '/', options = {}) {
    const { lang = 'en', theme = 'light', width = 1440, height = 900, script = true, state } = options;
    const context = await browser.newContext({
        baseURL: url, locale: lang, colorScheme: theme, javaScriptEnabled: script, storageState: state,
        viewport: { width, height }, reducedMotion: 'reduce', acceptDownloads: true,
    });
    const page = await context.newPage();
    page.complaints = [];
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
            page.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => page.complaints.push(`${page.url()}: ${error}`));
    await page.goto(path);
    return page;
}

export const close = (page) => page.context().close();

// -- log-in

export async function typePassword(page, email, password) {
    const form = page.locator('form[action="/login"]');
    await form.locator('[name=email]').fill(email);
    await form.locator('[name=password]').fill(password);
    await form.locator('button[type=submit]').click();
}

// A code works once: whoever logged in with this one must wait for the next.
async function typeCode(page, secret) {
    for (let tries = 0; tries < 3 && new URL(page.url()).pathname === '/2fa'; tries++) {
        if (tries > 0)
            await nextCode();
        await page.locator('[name=code]').fill(codeOf(secret));
        await page.locator('form[action="/2fa"] button[type=submit]').click();
    }
}

export async function logIn(page, email, password = person(email).password) {
    await page.goto('/login');
    await typePassword(page, email, password);
    if (new URL(page.url()).pathname === '/2fa')
        await typeCode(page, person(email).totp_secret);
    assert.match(page.url(), /\/(partner|customer|staff)\//, `${email} is logged in`);
}

const stateOf = (email) => join(folder, 'tmp', 'browser', `${email}.json`);

/** A page of somebody who is logged in.  Sessions are kept between the test files of a run, since a code
 *  works once and tries are counted. */
export async function openAs(email, path, options = {}) {
    const file = stateOf(email);
    if (!existsSync(file)) {
        const page = await open('/', options);
        await logIn(page, email);
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        await page.context().storageState({ path: file });
        await close(page);
    }
    return open(path, { ...options, state: file });
}

// -- mail, which a portal without an SMTP server writes to files

function newestMail(email) {
    const mark = `-${createHash('sha256').update(email).digest('hex').slice(0, 8)}.eml`;
    const ids = readdirSync(join(folder, 'mail')).filter((name) => name.endsWith(mark))
        .map((name) => Number(name.split('-')[0])).sort((a, b) => b - a);
    return ids.find((id) => existsSync(join(folder, 'mail', 'links', String(id)))) ?? 0;
}

/** Does ACT and returns the address of the link in the mail that EMAIL gets for it. */
export async function linkMailedBy(email, act) {
    const last = newestMail(email);
    await act();
    for (let tries = 0; tries < MAIL_SECONDS * 4; tries++) {
        const id = newestMail(email);
        if (id > last)
            return new URL(readFileSync(join(folder, 'mail', 'links', String(id)), 'utf8').trim()).pathname;
        await wait(250);
    }
    return assert.fail(`no mail for ${email} within ${MAIL_SECONDS} s`);
}

// -- looks at a page

/** Rules whose outcome depends on language, theme and width.  The others judge the page's structure, which
 *  is the same in every look. */
export const rulesOfLook = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size',
    'button-name', 'document-title', 'empty-heading', 'html-lang-valid', 'image-alt', 'label', 'link-name',
    'select-name', 'valid-lang'];

/** What is wrong with how the page is shown: [] when nothing is. */
export async function faultsOf(page, rules = allRules) {
    const faults = page.complaints.splice(0);
    const size = page.viewportSize();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wider > 0)
        faults.push(`${wider} px wider than the window`);
    // A window as tall as the page: bars that stick must not stand over what is measured.
    await page.setViewportSize({
        width: size.width,
        height: Math.max(size.height, await page.evaluate(() => document.body.scrollHeight)),
    });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    faults.push(...await violationsOf(page, rules));
    await page.setViewportSize(size);
    return faults;
}
