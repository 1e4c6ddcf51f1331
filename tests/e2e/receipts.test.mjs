// The log as a stranger sees it, checked with code that shares nothing with the portal's: its keys, its signed
// head, its tiles, and a receipt of a partner.  Then the page that checks receipts, in a browser.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { violationsOf } from '../support/axe.mjs';

const base = process.env.FAIRWAY_URL;

const sha256 = (...parts) => {
    const hash = createHash('sha256');
    parts.forEach(part => hash.update(part));
    return hash.digest();
};
const leafHash = data => sha256(Buffer.of(0), data);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

// RFC 6962, 2.1: split at the largest power of two below the number of leaves.
function treeHash(leaves) {
    if (leaves.length === 1) return leaves[0];
    let half = 1;
    while (half * 2 < leaves.length) half *= 2;
    return nodeHash(treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

// RFC 9162, 2.1.3.2.
function rootOfProof(index, size, leaf, proof) {
    let fn = index, sn = size - 1, r = leaf;
    for (const p of proof) {
        assert.notEqual(sn, 0);
        if (fn % 2 === 1 || fn === sn) {
            r = nodeHash(p, r);
            while (fn % 2 === 0 && fn !== 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
        } else {
            r = nodeHash(r, p);
        }
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
    }
    assert.equal(sn, 0);
    return r;
}

async function get(path) {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    return Buffer.from(await answer.arrayBuffer());
}

async function readKeys() {
    return (await get('/verify/log/keys')).toString().split('\n').filter(line => line && !line.startsWith('#'))
        .map(line => {
            const [, name, id, text] = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(line);
            const data = Buffer.from(text, 'base64');
            assert.equal(data[0], 1);
            assert.equal(sha256(`${name}\n`, data).subarray(0, 4).toString('hex'), id);
            const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), data.subarray(1)]);
            return { name, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
        });
}

// The text of a signed note, once a known key signed it.
function openNote(note, keys) {
    const [text, lines] = [note.slice(0, note.indexOf('\n\n') + 1), note.slice(note.indexOf('\n\n') + 2)];
    const signed = lines.split('\n').filter(Boolean).some(line => {
        const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line);
        const data = Buffer.from(encoded, 'base64');
        const known = keys.find(k => k.name === name && k.id === data.subarray(0, 4).toString('hex'));
        return known && verify(null, Buffer.from(text), known.key, data.subarray(4));
    });
    assert.ok(signed, 'no known key signed it');
    return text;
}

function readHead(text) {
    const [origin, size, encoded, end] = text.split('\n');
    assert.equal(end, '');
    return { origin, size: Number(size), root: Buffer.from(encoded, 'base64') };
}

// The first head is there within half a minute of the start.
async function newestHead(keys) {
    for (let tries = 0; tries < 120; tries++) {
        const answer = await fetch(`${base}/verify/log/checkpoint`);
        if (answer.status === 200) return readHead(openNote(await answer.text(), keys));
        await new Promise(done => setTimeout(done, 500));
    }
    return assert.fail('the log has no head');
}

function tilePath(index, width) {
    const parts = [String(index % 1000).padStart(3, '0')];
    for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
        parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
    return `/verify/log/tile/0/${parts.join('/')}${width < 256 ? `.p/${width}` : ''}`;
}

async function readLeaves(size) {
    const leaves = [];
    for (let from = 0; from < size; from += 256) {
        const width = Math.min(256, size - from);
        const data = await get(tilePath(from / 256, width));
        assert.equal(data.length, width * 32);
        for (let i = 0; i < width; i++) leaves.push(data.subarray(32 * i, 32 * i + 32));
    }
    return leaves;
}

let browser, page, keys, receipt;

before(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
    page = await (await browser.newContext({ locale: 'en', bypassCSP: true })).newPage();
    keys = await readKeys();
});
after(() => browser?.close());

async function enter() {
    const rows = readFileSync(join(process.env.FAIRWAY_VAR, 'demo-people.csv'), 'utf8').split('\n')
        .map(line => line.replaceAll('"', '').split(','));
    const [email, password] = rows.find(row => row.includes('partner') && row.includes('administrator'));
    await page.goto(`${base}/login`);
    await page.fill('#email', email);
    await page.fill('#password', password);
    await page.click('main button[type=submit]');
    await page.waitForURL('**/partner/**');
}

// The file of the first complete receipt among the partner's registrations.
async function downloadReceipt() {
    await page.goto(`${base}/partner/deals`);
    const deals = await page.$$eval('a[href^="/partner/deals/DR-"]', links => links.map(l => l.getAttribute('href')));
    for (const deal of deals) {
        await page.goto(`${base}${deal}/receipts`);
        const file = await page.$('a[href$="/file"]');
        if (file) return (await page.request.get(base + await file.getAttribute('href'))).text();
    }
    return assert.fail('the partner has no receipt');
}

test('the tiles give the root of the signed head', async () => {
    const head = await newestHead(keys);
    assert.ok(head.size > 0);
    assert.deepEqual(treeHash(await readLeaves(head.size)), head.root);
});

test('a receipt holds without trusting the portal', async () => {
    await newestHead(keys);
    await enter();
    receipt = await downloadReceipt();
    const parts = receipt.split('\n\n');
    const statement = openNote(`${parts[0]}\n\n${parts[1]}\n`, keys).slice(0, -1);
    const lines = parts[2].split('\n');
    assert.equal(lines[0], 'c2sp.org/tlog-proof@v1');
    const head = readHead(openNote(`${parts[3]}\n\n${parts[4]}\n`, keys));
    const index = Number(/^index (\d+)$/.exec(lines[1])[1]);
    const proof = lines.slice(2).map(line => Buffer.from(line, 'base64'));
    assert.deepEqual(rootOfProof(index, head.size, leafHash(statement), proof), head.root);
    assert.equal(JSON.parse(statement).type, 'fairway-receipt/1');
});

async function check(target, text) {
    await target.goto(`${base}/verify`);
    await target.setInputFiles('#file', { name: 'a.fairway-receipt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await target.click('form[action="/verify"] button[type=submit]');
    return target.textContent('#result');
}

test('the page says whether a receipt is valid, with and without JavaScript, and has no axe violation', async () => {
    for (const javaScriptEnabled of [true, false]) {
        const context = await browser.newContext({ locale: 'en', bypassCSP: true, javaScriptEnabled, reducedMotion: 'reduce' });
        const visitor = await context.newPage();
        assert.match(await check(visitor, receipt), /genuine and in the log/);
        if (javaScriptEnabled) {
            assert.deepEqual(await violationsOf(visitor), []);
        }
        assert.match(await check(visitor, receipt.replace('DR-1', 'DR-2')), /Not valid/);
        await context.close();
    }
});
