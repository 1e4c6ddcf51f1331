// What people typed, seen by a browser: nothing of it runs, and the page's policy has nothing to refuse.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { formOf } from './client.mjs';
import { register } from './checklist.mjs';
import { hiddenOf } from '../support/portal.mjs';
import { PORTAL_NAME } from './portal.mjs';

const PAYLOADS = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-alert(1)-'", '</title><svg onload=alert(1)>', '<a href="javascript:alert(1)">x</a>', '"autofocus onfocus=alert(1) x="',
    '<iframe srcdoc="<script>alert(1)</script>">', '${alert(1)}{{alert(1)}}', '</textarea><script>alert(1)</script>', '<math><mtext></table><img src onerror=alert(1)>', '<base href=//evil.test>', '<style>@import "//evil.test"</style>'];

async function open(browser, portal, person) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: portal.originOf(person.name) });
    await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: portal.originOf(person.name), secure: true, httpOnly: true, sameSite: 'Lax' })));
    const page = await context.newPage(), faults = [];
    page.on('dialog', (dialog) => {
        faults.push(`${page.url()}: a dialog`);
        dialog.dismiss();
    });
    page.on('console', (message) => /Content Security Policy|Refused to/.test(message.text()) && faults.push(`${page.url()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
    page.on('request', (request) => !/^(https:\/\/(staff\.)?portal\.example:|data:)/.test(request.url()) && faults.push(`${page.url()}: asked ${request.url()}`));
    return { page, faults };
}

export async function inBrowser({ portal, report, people }) {
    await report.check(31, 'nothing that people typed runs in a browser, of partners and of staff', async () => {
        const numbers = [], browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run', '--no-proxy-server', `--host-resolver-rules=MAP ${PORTAL_NAME} 127.0.0.1, MAP staff.${PORTAL_NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`] });
        try {
            for (const [i, text] of PAYLOADS.entries()) {
                const number = await register(people.partner, text, `${text.slice(0, 60)} ${i} Ltd`, [['description', text], ['city', text.slice(0, 60)], ['contact_title', text.slice(0, 60)]]);
                const form = formOf((await people.partner.get(`/partner/deals/DR-${number}`)).text, '/comment');
                await people.partner.post(`/partner/deals/DR-${number}/comment`, { ...hiddenOf(form), body: text });
                numbers.push(number);
            }
            const looks = [[people.partner, ['/partner/', '/partner/deals', `/partner/deals?q=${encodeURIComponent(PAYLOADS[1])}`, '/partner/notifications', ...numbers.map((number) => `/partner/deals/DR-${number}`)]],
                [people.reviewer, ['/staff/', '/staff/deals', `/staff/deals?q=${encodeURIComponent(PAYLOADS[0])}`, '/staff/accounts', ...numbers.map((number) => `/staff/deals/DR-${number}`)]]];
            let shown = 0;
            for (const [person, paths] of looks) {
                const { page, faults } = await open(browser, portal, person);
                for (const path of paths) {
                    const answer = await page.goto(path);
                    assert.equal(answer.status(), 200, path);
                    shown += (await page.content()).includes('alert(1)');
                }
                assert.deepEqual(faults, []);
            }
            assert.ok(shown > numbers.length, 'the texts were not shown');
            return `${shown} pages with such texts`;
        } finally {
            await browser.close();
        }
    });
}
