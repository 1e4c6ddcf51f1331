// What ASVS 5.0 asks for besides the checklist; each under the point that it is nearest to.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/portal.mjs';
import { Person, ask, formOf } from './client.mjs';
import { PORTAL_NAME } from './portal.mjs';

const PROGRAMS = ['public', 'login', 'partner', 'customer', 'staff'];
const WEB_UNITS = ['fairway@.service'];

const lines = (words, folder = 'cgi') => spawnSync('grep', ['-rnE', words, join(root, folder), '--include=*.c', '--include=*.h'], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

async function people({ portal, report, routes, people: signedIn }) {
    await report.check(1, 'a password of ten years ago still lets in', async () => {
        const taken = Object.values(signedIn).map((one) => one.row.email), row = portal.people().find((one) => one.audience === 'partner' && one.totp_secret === '' && !taken.includes(one.email));
        portal.sql(`UPDATE credential SET changed_at = changed_at - INTERVAL 10 YEAR WHERE user_id = (SELECT id FROM user WHERE email_key = '${row.email}')`);
        const person = await new Person(portal, row).logIn();
        assert.equal((await person.get('/partner/')).status, 200);
    });
    await report.check(9, 'no form that lets somebody in asks for hints or answers to questions', () => {
        const known = ['email', 'password', 'code', 'next', 'name', 'language', 'was'];
        const fields = routes.filter((one) => one.audience === 'public' && one.method === 'POST' && /^\/(login|2fa|password|invite)/.test(one.path)).flatMap((one) => one.form);
        assert.ok(fields.includes('password') && fields.includes('code'));
        assert.deepEqual(fields.filter((name) => !known.includes(name)), []);
    });
    await report.check(15, 'every page of a signed-in person leads out', async () => {
        let pages = 0;
        for (const route of routes.filter((one) => one.method === 'GET' && one.object === '-' && one.audience !== 'public')) {
            const { status, text, headers } = await (signedIn[route.audience] ?? signedIn.partner).get(route.path.replace(/:[a-z]+/g, '1'));
            if (status !== 200 || !/^text\/html/.test(headers['content-type']))
                continue;
            assert.ok(formOf(text, '/logout'), route.path);
            pages++;
        }
        assert.ok(pages > 20);
        return `${pages} pages`;
    });
}

async function code({ report }) {
    await report.check(30, 'no command and no pattern is made from text', () => {
        assert.deepEqual(lines('\\b(system|popen|regcomp|uregex_open[A-Za-z]*|wordexp)\\('), []);
        const programs = lines('\\bexec(l|lp|le|v|vp|ve|vpe)\\(').map((line) => line.replace(`${root}/`, '').split(':')[0]);
        assert.deepEqual([...new Set(programs)].sort(), ['cgi/base/proc.c', 'cgi/base/takeover.c']);
    });
    await report.check(31, 'scripts make neither markup nor code from text, and keep nothing in the browser but what a form held', async () => {
        for (const file of readdirSync(join(root, 'static', 'js'))) {
            const text = readFileSync(join(root, 'static', 'js', file), 'utf8');
            assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['"`]|postMessage|localStorage|indexedDB|document\.cookie|__proto__/, file);
            assert.deepEqual([...text.matchAll(/sessionStorage\.(\w+)\((\w+)/g)].filter(([, , key]) => key !== 'KEY'), [], file);
        }
        const layout = readFileSync(join(root, 'templates', 'layout', 'frame_app.cs'), 'utf8');
        assert.match(layout, /"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0/);
    });
}

const TYPES = /^(?:text\/(?:html|csv|plain|css|calendar|javascript)|image\/svg\+xml|application\/(?:javascript|json)); charset=utf-8$|^(?:image\/(?:png|x-icon)|font\/woff2|application\/(?:octet-stream|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet))$/;

async function answers({ portal, report, people: signedIn, routes }) {
    await report.check(50, 'every answer with a body says what it is, text with its encoding', async () => {
        const asked = [['/static/no.css', ask(portal, '/static/no.css')], ['TRACE', ask(portal, '/', { method: 'TRACE' })], ['too large', ask(portal, '/login', { body: Buffer.alloc(1100000, 97) })], ['no such page', ask(portal, '/no')]];
        for (const route of routes.filter((one) => one.method === 'GET' && one.object === '-'))
            asked.push([route.path, (signedIn[route.audience] ?? signedIn.partner).get(route.path.replace(/:[a-z]+/g, '0'))]);
        for (const [name, answer] of asked) {
            const { headers, text, status } = await answer;
            assert.ok(text === '' || TYPES.test(headers['content-type'] ?? ''), `${name} (${status}): ${headers['content-type']}`);
            assert.ok(!/^text\/html/.test(headers['content-type'] ?? '') || text === '' || /^\s*<(!doctype html|html)/i.test(text), `${name} (${status}) is no page: ${text.slice(0, 60)}`);
        }
        return `${asked.length} answers`;
    });
    await report.check(49, 'what machines ask for is refused without TLS instead of led to it', () => {
        for (const path of ['/healthz', '/verify/log/checkpoint', '/verify/log/tile/0/000']) {
            const text = execFileSync('curl', ['-si', '--noproxy', '*', '--max-time', '5', '-H', `Host: ${PORTAL_NAME}`, `http://127.0.0.1:${portal.plainPort}${path}`], { encoding: 'utf8' });
            assert.match(text, /^HTTP\/1\.1 403/, path);
            assert.doesNotMatch(text, /^location:/im, path);
        }
    });
}

async function operation({ portal, report, people: signedIn }) {
    await report.check(58, 'who asks for what is not his leaves a line that says who, what and from where', async () => {
        const id = 987654320, before = Date.now(), [[user]] = portal.sql(`SELECT id FROM user WHERE email_key = '${signedIn.stranger.row.email}'`);
        await signedIn.stranger.get(`/partner/deals/DR-${id}`);
        const said = readFileSync(join(portal.folder, 'log', 'partner.log'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
            .filter((line) => line.route === 'deal.show' && line.status === 404 && String(line.user) === user && Date.parse(line.at) >= before - 1000);
        assert.ok(said.length > 0 && said[0].refused !== '' && /^127\./.test(said[0].address) && said[0].reference !== '', JSON.stringify(said[0]));
    });
    await report.check(59, 'nothing for developers is reachable', async () => {
        for (const path of ['/guide', '/guide/patterns', '/dev', '/debug', '/test', '/static/../tests/', '/templates/', '/partner/guide'])
            assert.match(String((await ask(portal, path)).status), /^(303|404|400)$/, path);
        assert.equal(portal.environment.FAIRWAY_DEV, undefined);
    });
    await report.check(60, 'each account has a secret of its own, and programs that face the web reach no network', () => {
        const secrets = readdirSync(join(portal.folder, 'secrets')).map((file) => readFileSync(join(portal.folder, 'secrets', file), 'utf8').trim());
        assert.ok(secrets.length >= PROGRAMS.length && secrets.every((one) => one.length >= 32));
        assert.equal(new Set(secrets).size, secrets.length);
        for (const unit of WEB_UNITS)
            assert.match(readFileSync(join(root, 'conf', 'systemd', unit), 'utf8'), /^RestrictAddressFamilies=AF_UNIX\nIPAddressDeny=any$/m);
    });
}

export async function standard(world) {
    for (const part of [people, code, answers, operation])
        await part(world);
}
