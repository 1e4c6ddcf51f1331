// The macros of templates/layout in a browser: every combination of language, theme and width of the
// pattern page and a fault page, with the assets as they are built and the Content-Security-Policy of the
// portal.  Needs no portal: pages come from tests/tools/render.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { violationsOf } from '../support/axe.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const build = resolve(root, process.env.B ?? 'build');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const pages = [['guide/patterns.cs', 'guide/patterns'], ['fault/404.cs', 'fault/404']];

function rendered(page, values, lang, theme) {
    const html = execFileSync(join(build, 'tests', 'tools', 'render'),
        ['templates', join(build, 'static', 'manifest.txt'), join(build, 'locale'), page, lang,
            join('tests', 'golden', `${values}.values`)],
        { cwd: root, encoding: 'utf8' });
    return html.replace(/data-bs-theme="\w+"/, `data-bs-theme="${theme}"`)
        .replace(/<script src="[^"]*theme\.[^"]*"><\/script>/, '');
}

function answer(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const file = join(build, url.pathname);
    if (url.pathname === '/page') {
        const [page, values] = pages[Number(url.searchParams.get('n'))];
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': policy });
        response.end(rendered(page, values, url.searchParams.get('lang'), url.searchParams.get('theme')));
    } else if (url.pathname.startsWith('/static/') && existsSync(file)) {
        response.writeHead(200, { 'Content-Type': types[extname(file)] });
        response.end(readFileSync(file));
    } else {
        response.writeHead(404).end();
    }
}

let server, browser, base;

before(async () => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolved) => server.on('listening', resolved));
    base = `http://127.0.0.1:${server.address().port}`;
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
});

after(async () => {
    await browser?.close();
    server.close();
});

async function open(n, { lang = 'en', theme = 'light', width = 1440, script = true } = {}) {
    const context = await browser.newContext({
        viewport: { width, height: 900 }, javaScriptEnabled: script, reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.complaints = [];
    page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
            page.complaints.push(message.text());
    });
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    await page.goto(`${base}/page?n=${n}&lang=${lang}&theme=${theme}`, { waitUntil: 'load' });
    return page;
}

async function isInOrder(n, lang, theme, width) {
    const page = await open(n, { lang, theme, width });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    // A window as tall as the page: bars that stick must not stand over what is measured.
    await page.setViewportSize({ width, height: await page.evaluate(() => document.body.scrollHeight) });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.deepEqual(await violationsOf(page), []);
    assert.ok(wider <= 0, `${wider} px wider than the window`);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

for (const [n, [name]] of pages.entries())
    for (const lang of ['en', 'zh-CN'])
        for (const theme of ['light', 'dark'])
            for (const width of [1440, 390, 320])
                test(`${name} in ${lang}, ${theme}, ${width} px: accessible, nothing cut`,
                    () => isInOrder(n, lang, theme, width));

test('a page with faults has them found', async () => {
    const page = await open(0);
    await page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend',
        '<img src="/static/none.svg">'));
    const found = (await violationsOf(page)).map((one) => one.split(':')[0]);
    assert.ok(found.includes('image-alt'), found.join(' '));
    await page.context().close();
});

test('the focus goes to the note that counts the faults, and its links to the fields', async () => {
    const page = await open(0);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'alert');
    await page.getByRole('link', { name: 'Expected close date' }).click();
    assert.equal(await page.evaluate(() => location.hash), '#close');
    await page.context().close();
});

test('on a phone the menu opens and closes without script', async () => {
    const page = await open(0, { width: 390, script: false });
    const home = page.getByRole('navigation', { name: 'Main' });
    assert.equal(await home.isVisible(), false);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    assert.equal(await home.isVisible(), true);
    await page.keyboard.press('Escape');
    assert.equal(await home.isVisible(), false);
    await page.context().close();
});

test('the first key leads past the menus', async () => {
    const page = await open(1);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
    await page.context().close();
});

test('a first visit loads at most 55 KB', () => {
    const names = readFileSync(join(build, 'static', 'manifest.txt'), 'utf8').trim().split('\n')
        .map((line) => line.split(' ')[1].replace('/static/', ''));
    const packed = new Set(readdirSync(join(build, 'static')));
    const sizes = names.filter((name) => packed.has(`${name}.gz`))
        .map((name) => readFileSync(join(build, 'static', `${name}.gz`)).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total > 0 && total <= 55 * 1024, `${total} bytes`);
});
