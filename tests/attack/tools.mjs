// Tools of others, over all routes and with each audience's log-in: sqlmap, wapiti, slowhttptest, testssl.  Their
// way to the portal is a proxy that leads nowhere else.  ATTACK=full gives them every route and more time.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './client.mjs';
import { NAMELESS, PORTAL_NAME } from './portal.mjs';
import { folderOf, full, nameOf, run } from './outside.mjs';
import { sqlmap } from './sqlmap.mjs';

const WAPITI_SECONDS = full ? 600 : 40, SLOW_SECONDS = full ? 60 : 12;

// -- wapiti -------------------------------------------------------------------------------------------

const requestsOf = (portal) => readFileSync(join(portal.folder, 'log', 'tls-fairway.log'), 'utf8').split('\n').length;

async function wapiti({ portal, report, people }) {
    const folder = folderOf(portal);
    for (const audience of ['public', 'partner', 'customer', 'staff'])
        await report.check(31, `wapiti finds nothing to inject, include, run or redirect, as ${audience}`, async () => {
            const before = requestsOf(portal), out = join(folder, `wapiti-${audience}.json`), origin = portal.originOf(nameOf(audience)), cookie = people[audience]?.cookie();
            const { text } = await run('wapiti', ['-u', `${origin}/${audience === 'public' ? '' : `${audience}/`}`, '-p', portal.proxy, '--verify-ssl', '0', '--scope', 'folder',
                // modules that ask servers elsewhere (ssrf, xxe, log4shell) are left out
                '-m', 'sql,xss,permanentxss,exec,file,crlf,redirect', '-f', 'json', '-o', out, '--flush-session', '--no-bugreport',
                '--store-session', join(folder, `wapiti-${audience}`), '--max-scan-time', String(WAPITI_SECONDS), '--max-attack-time', String(WAPITI_SECONDS), '-d', full ? '6' : '2', '--max-links-per-page', full ? '200' : '20',
                ...(cookie ? ['-H', `Cookie: ${cookie}`] : [])], WAPITI_SECONDS * 4 + 900);
            assert.ok(existsSync(out), `it wrote nothing: ${text.slice(-1500)}`);
            const said = JSON.parse(readFileSync(out, 'utf8')), faults = [...Object.entries(said.vulnerabilities), ...Object.entries(said.anomalies).filter(([kind]) => /Internal Server/.test(kind))]
                .flatMap(([kind, list]) => list.map((one) => `${kind}: ${one.method} ${one.path} ${one.info}`));
            assert.deepEqual(faults.slice(0, 10), []);
            await wait(1500); // nginx keeps lines for a second
            const asked = requestsOf(portal) - before;
            assert.ok(asked > 10, `it asked ${asked} times`);
            return `${asked} requests`;
        });
}

// -- slow clients -------------------------------------------------------------------------------------

async function slow({ portal, report, people }) {
    const folder = folderOf(portal);
    for (const [kind, words] of Object.entries({ headers: ['-H'], bodies: ['-B', '-s', '8192', '-t', 'POST'], readers: ['-X', '-w', '512', '-y', '1024', '-n', '5', '-z', '32', '-k', '3'] }))
        await report.check(43, `slow ${kind} of 200 connections hold no worker: others are answered as before`, async () => {
            let over = false;
            const ended = run('slowhttptest', ['-c', '200', ...words, '-i', '5', '-r', '100', '-l', String(SLOW_SECONDS), '-u', `https://${NAMELESS}:${portal.tlsPort}/login`, '-p', '3', '-o', join(folder, `slow-${kind}`)], SLOW_SECONDS + 40)
                .then((result) => { over = true; return result; });
            const times = [];
            for (await wait(2500); !over; await wait(150)) {
                const began = performance.now();
                assert.equal((await ask(portal, '/login')).status, 200);
                assert.equal((await people.partner.get('/partner/')).status, 200);
                times.push((performance.now() - began) / 2);
            }
            const { text } = await ended;
            assert.match(text, /slow|Exit status|closed/i, text.slice(-300));
            const worst = Math.max(...times);
            assert.ok(times.length > 5 && worst < 3000, `worst of ${times.length}: ${worst.toFixed(0)} ms`);
            return `worst of ${times.length} pairs meanwhile: ${worst.toFixed(0)} ms a page`;
        });
}

// -- TLS ----------------------------------------------------------------------------------------------

async function tls({ portal, report }) {
    const folder = folderOf(portal);
    await report.check(48, 'testssl finds no old protocol and no weak cipher', async () => {
        const out = join(folder, 'testssl.json');
        const { text } = await run('testssl', ['--quiet', '--color', '0', '--warnings', 'off', '--ip', '127.0.0.1', '--jsonfile', out, '-p', '-s', '-P', ...(full ? ['-U'] : []), `${PORTAL_NAME}:${portal.tlsPort}`], full ? 900 : 240);
        assert.ok(existsSync(out), text.slice(-800));
        const said = JSON.parse(readFileSync(out, 'utf8')), word = (id) => said.find((one) => one.id === id)?.finding ?? '';
        assert.match(word('TLS1_3'), /^offered/, text.slice(-800));
        assert.match(word('TLS1_2'), /^offered/);
        for (const old of ['SSLv2', 'SSLv3', 'TLS1', 'TLS1_1'])
            assert.match(word(old), /^not offered/, old);
        assert.deepEqual(said.filter((one) => ['HIGH', 'CRITICAL', 'MEDIUM'].includes(one.severity)).map((one) => `${one.id}: ${one.finding}`), []);
        return said.filter((one) => /^(TLS|SSL|cipherlist)/.test(one.id)).map((one) => `${one.id} ${one.finding}`).join(', ');
    });
}

export const tools = { tls, slow, sqlmap, wapiti };
