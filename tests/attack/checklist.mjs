// The points of the checklist that are tried over TLS, in its order.  W is the world: portal, routes, report, people.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';
import { build, hiddenOf, root } from '../support/portal.mjs';
import { Person, anotherAddress, ask, encode, formOf, raw, statusOf } from './client.mjs';
import { PORTAL_NAME, STAFF_NAME } from './portal.mjs';
import { sumsOfTables } from '../support/rows.mjs';

const DAY_MS = 86400000;
const nameOf = (audience) => (audience === 'staff' ? STAFF_NAME : PORTAL_NAME);
const fill = (path, id) => path.replace(/:id/, id).replace(/:[a-z]+/g, '1');

// -- a registration -----------------------------------------------------------------------------------

export async function register(person, project, company, more = []) {
    const page = await person.get('/partner/deals/new');
    const answer = await person.post('/partner/deals/new', [['form_token', hiddenOf(page.text).form_token], ['do', 'submit'],
        ['company_name', company], ['country', 'GB'], ['currency', 'GBP'], ['project_name', project], ['deal_type', 'new'],
        ['expected_close', new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10)], ['contact_name', 'Chen Wei'],
        ['contact_email', 'chen.wei@customer.example'], ['line', '1'], ['quantity', '4'], ['value', '300000'], ...more]);
    const number = /DR-(\d+)/.exec(answer.to ?? '')?.[1];
    assert.ok(number, `a registration was not taken: ${answer.status} ${answer.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 800)}`);
    return Number(number);
}

// -- authentication -----------------------------------------------------------------------------------

async function logInOnce(portal, email, password, from = anotherAddress(), headers = {}) {
    const page = await ask(portal, '/login', { from });
    const cookie = page.cookies.map((line) => line.split(';')[0]).join('; ');
    return ask(portal, '/login', { from, body: encode({ ...hiddenOf(page.text), email, password }), headers: { cookie, origin: portal.originOf(PORTAL_NAME),
        'content-type': 'application/x-www-form-urlencoded', ...headers } });
}

export async function authentication({ portal, report, people, find }) {
    await report.check(4, 'password fields are those that password managers know, and nothing keeps from pasting', async () => {
        const { text } = await ask(portal, '/login');
        assert.match(text, /<input[^>]*type="password"[^>]*autocomplete="current-password"|<input[^>]*autocomplete="current-password"[^>]*type="password"/);
        const page = await people.partner.get('/account/password');
        assert.match(page.text, /autocomplete="new-password"/);
        for (const file of readdirSync(join(root, 'static', 'js')))
            assert.doesNotMatch(readFileSync(join(root, 'static', 'js', file), 'utf8'), /['"](?:paste|copy|cut)['"]|onpaste/);
    });
    await report.check(5, 'guesses from one address are slowed, and their victim gets in from another', async () => {
        const { email, password } = find('daniel.price@brightwater.example'), from = anotherAddress();
        let last = 0;
        for (let tries = 0; tries < 25 && last !== 429; tries++)
            last = (await logInOnce(portal, email, `wrong password ${tries}`, from)).status;
        assert.equal(last, 429, 'the guesser was never told to wait');
        assert.match((await logInOnce(portal, email, password)).to ?? '', /^\/partner\//);
    });
    await report.check(7, 'a portal that was never used has no user', () => {
        const grants = () => portal.sql("SELECT grantee, table_schema, table_name, column_name, privilege_type FROM information_schema.column_privileges WHERE grantee LIKE '\\'fw%'"
            + " UNION ALL SELECT grantee, table_schema, table_name, '', privilege_type FROM information_schema.table_privileges WHERE grantee LIKE '\\'fw%'"
            + " UNION ALL SELECT grantee, table_schema, '', '', privilege_type FROM information_schema.schema_privileges WHERE grantee LIKE '\\'fw%'").map((row) => row.join(' ')).sort();
        const before = grants();
        assert.ok(before.length > 100);
        portal.sql('CREATE DATABASE IF NOT EXISTS fairway_fresh CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin; GRANT ALL ON fairway_fresh.* TO fw_owner@localhost WITH GRANT OPTION');
        execFileSync(join(build, 'bin', 'fairwayctl'), ['migrate'], { env: { ...portal.programEnvironment('owner'), FAIRWAY_DB_NAME: 'fairway_fresh' }, stdio: 'pipe' });
        const [[users, tables]] = portal.sql("SELECT (SELECT COUNT(*) FROM fairway_fresh.user), (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'fairway_fresh')");
        // Rights outlive what they are for.
        portal.sql("DROP DATABASE fairway_fresh; DELETE FROM mysql.tables_priv WHERE db = 'fairway_fresh'; DELETE FROM mysql.columns_priv WHERE db = 'fairway_fresh';"
            + " DELETE FROM mysql.procs_priv WHERE db = 'fairway_fresh'; DELETE FROM mysql.db WHERE db = 'fairway_fresh'; FLUSH PRIVILEGES");
        assert.deepEqual(grants(), before);
        assert.ok(Number(tables) > 20);
        assert.equal(users, '0');
    });
    await report.check(10, 'a foreign Host gets no answer, and a reset asked for under it sends nothing', async () => {
        const mails = portal.sql('SELECT COUNT(*) FROM outbox');
        const sent = `email=lin.xiaowen@huaxin.example`;
        const text = await raw(portal, `POST /password HTTP/1.1\r\nHost: evil.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${sent.length}\r\nConnection: close\r\n\r\n${sent}`);
        assert.ok(statusOf(text) === 421 || text === '', text.slice(0, 200));
        assert.deepEqual(portal.sql('SELECT COUNT(*) FROM outbox'), mails);
    });
    await report.check(11, 'every stored password is Argon2id', () =>
        assert.deepEqual(portal.sql('SELECT DISTINCT LEFT(password_hash, 10) FROM credential'), [['$argon2id$']]));
}

// -- sessions -----------------------------------------------------------------------------------------

export async function sessions({ portal, report, find, people }) {
    await report.check(12, 'session tokens are 32 random bytes, and none is in the database', async () => {
        const tokens = Object.values(people).flatMap((one) => [...one.cookies].filter(([name]) => /^__Host-fw-(partner|customer|staff)$/.test(name)).map(([, value]) => value));
        assert.equal(new Set(tokens).size, tokens.length);
        for (const token of tokens)
            assert.match(token, /^[A-Za-z0-9_-]{43}$/);
        const dump = execFileSync('mariadb-dump', ['--no-defaults', `--socket=${portal.folder}/run/db.sock`, 'fairway', 'session', 'link_token', 'audit_event'], { maxBuffer: 1 << 28 });
        for (const token of tokens)
            assert.ok(!dump.includes(token), 'a token stands in the database');
    });
    await report.check(13, 'a cookie that was set before the log-in is not the session after it', async () => {
        const person = new Person(portal, find('marcus.hill@northgate-data.example')), fixed = 'A'.repeat(43);
        person.cookies.set('__Host-fw-partner', fixed);
        await person.logIn();
        assert.notEqual(person.cookies.get('__Host-fw-partner'), fixed);
    });
    await report.check(15, 'a cookie is dead after logging out, and the browser is told to forget', async () => {
        const person = await new Person(portal, find('sabine.krueger@rechenwerk.example')).logIn(), cookie = person.cookie();
        const home = await person.get('/partner/');
        assert.equal(home.headers['cache-control'], 'no-store');
        const out = await person.post('/logout', hiddenOf(formOf(home.text, '/logout') ?? home.text));
        assert.equal(out.status, 303);
        assert.ok(out.headers['clear-site-data']);
        assert.match((await ask(portal, '/partner/', { headers: { cookie } })).to, /^\/login/);
    });
    await report.check(19, 'every cookie is __Host-, Secure, SameSite, for / and no other host; sessions are HttpOnly', async () => {
        const seen = [];
        for (const audience of ['partner', 'customer', 'staff'])
            seen.push(...people[audience].seen ?? []);
        seen.push(...(await ask(portal, '/login')).cookies, ...(await ask(portal, '/?lang=zh')).cookies, ...(await logInOnce(portal, find('fiona.macleod@havenport.example').email, find('fiona.macleod@havenport.example').password)).cookies);
        assert.ok(seen.length > 0);
        for (const line of seen) {
            assert.match(line, /^__Host-fw-/, line);
            assert.match(line, /; Secure/i, line);
            assert.match(line, /; Path=\/(;|$)/i, line);
            assert.match(line, /; SameSite=(Lax|Strict)/i, line);
            assert.doesNotMatch(line, /Domain=/i, line);
            assert.match(line, /; HttpOnly/i, line);
        }
    });
}

// -- who may see what ---------------------------------------------------------------------------------

// What a page of nothing says, without what changes by itself.
const steady = (text) => text.replace(/value="[^"]{20,}"/g, '').replace(/\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/g, 'REFERENCE').replace(/DR-\d+/g, 'DR-N');

export async function access({ portal, report, routes, people }) {
    const deal = await register(people.partner, 'Attack 20', 'Attack Twenty Holdings Ltd');
    await report.check(20, "another account's ids answer 404, the same page as what does not exist", async () => {
        let tried = 0;
        for (const route of routes.filter((one) => one.object === 'deal' && one.audience === 'partner')) {
            const answers = [];
            for (const id of [`DR-${deal}`, 'DR-987654321']) {
                const path = fill(route.path, id);
                answers.push(route.method === 'GET' ? await people.stranger.get(path)
                    : await people.stranger.post(path, { form_token: hiddenOf((await people.stranger.get('/partner/deals/new')).text).form_token }));
            }
            for (const answer of answers)
                assert.ok([404].includes(answer.status), `${route.name}: ${answer.status}`);
            assert.equal(steady(answers[0].text), steady(answers[1].text), route.name);
            tried++;
        }
        assert.ok(tried > 15);
        return `${tried} routes`;
    });
    await report.check(21, 'every page of one audience is closed to guests and to the other two', async () => {
        let tried = 0;
        for (const route of routes.filter((one) => one.method === 'GET' && ['partner', 'customer', 'staff'].includes(one.audience)))
            for (const who of ['guest', 'partner', 'customer', 'staff']) {
                if (who === route.audience)
                    continue;
                const headers = who === 'guest' ? {} : { cookie: people[who].cookie() };
                const answer = await ask(portal, fill(route.path, route.object === 'deal' ? `DR-${deal}` : '1'), { name: nameOf(route.audience), headers });
                assert.ok(answer.status === 303 && /^\/login/.test(answer.to), `${route.name} as ${who}: ${answer.status}`);
                tried++;
            }
        return `${tried} requests`;
    });
    await report.check(27, 'a guest who walks over all routes gets the public ones and no other', async () => {
        for (const route of routes.filter((one) => one.method === 'GET')) {
            const { status } = await ask(portal, fill(route.path, '1'), { name: nameOf(route.audience) });
            assert.ok(status < 500, `${route.name}: ${status}`);
            if (status === 200)
                assert.equal(route.audience, 'public', route.name);
        }
    });
    await report.check(22, 'fields of more power, added to a form, refuse it as a whole', async () => {
        const before = portal.sql(`SELECT * FROM deal WHERE id = ${deal}`), page = await people.partner.get('/partner/deals/new');
        for (const extra of ['account_id=2', 'state=approved', 'role=admin', 'audience=staff', 'reviewer_id=1', 'protected_until=2099-01-01', 'rank=1']) {
            const answer = await people.partner.post('/partner/deals/new', [['form_token', hiddenOf(page.text).form_token], ['company_name', 'X Ltd'], extra.split('=')]);
            assert.equal(answer.status, 400, extra);
        }
        assert.deepEqual(portal.sql(`SELECT * FROM deal WHERE id = ${deal}`), before);
    });
    report.skip(28, 'API keys are scoped, revoked at once, kept as hashes', 'an API');
    report.skip(29, 'staff who see as a user are announced, recorded and read only', 'See as');
}

// -- input --------------------------------------------------------------------------------------------

export async function input({ portal, report, people, routes }) {
    await report.check(30, 'no statement is made from text', () => {
        const found = spawnSync('grep', ['-rnE', 'printf\\(.*(SELECT |INSERT INTO|UPDATE [a-z]+ SET|DELETE FROM)', join(root, 'cgi'), '--include=*.c'], { encoding: 'utf8' });
        // The large demo writes a script of its own numbers, which the operator runs.
        assert.deepEqual(found.stdout.split('\n').filter((line) => line !== '' && !line.includes('/admin/demo_scale_rows.c:')), []);
    });
    report.skip(32, 'articles keep no script, style, frame or foreign link', 'the knowledge base');
    await report.check(33, 'no address behind next leads elsewhere', async () => {
        for (const next of ['//evil.test', '/\\evil.test', 'https:evil.test', '%2f%2fevil.test', '/%09/evil.test', 'javascript:alert(1)', '/partner/\r\nX: y']) {
            const { status, to = '', text } = await people.partner.get(`/login?next=${encodeURIComponent(next)}`);
            assert.ok(status < 500 && !/evil|javascript/i.test(to), `${next} -> ${to}`);
            assert.doesNotMatch(text, /(?:href|action)="[^"]*(?:evil|javascript:)/, next);
        }
    });
    report.skip(35, 'webhooks reach no inner address', 'webhooks');
    await report.check(36, 'what looks like a template or a format is printed as it is', async () => {
        const text = '{{7*7}} %n%s%s ${7*7} <?cs var:1 ?> #{7*7}', number = await register(people.partner, text, 'Attack Templates Ltd');
        const page = await people.partner.get(`/partner/deals/DR-${number}`);
        assert.ok(page.text.includes('{{7*7}} %n%s%s ${7*7} &lt;?cs var:1 ?&gt; #{7*7}'), 'it came back changed');
        const sheet = await people.partner.get('/partner/deals.csv');
        assert.ok(sheet.text.includes('{{7*7}} %n%s%s ${7*7}') || !sheet.text.includes('Attack Templates'), 'the sheet changed it');
    });
    await report.check(38, 'a name that comes twice is refused, and numbers that are none are no fault of ours', async () => {
        assert.equal((await people.partner.get('/partner/deals?view=open&view=mine')).status, 400);
        for (const number of ['-1', '0', '1e9', '0.5', '9223372036854775808', '1 ', '٣', '0x10']) {
            const { status } = await people.partner.get(`/partner/deals/DR-${encodeURIComponent(number)}`);
            assert.ok(status === 404 || status === 400, `${number}: ${status}`);
        }
        for (const route of routes.filter((one) => one.method === 'GET' && one.query.length > 0 && one.audience !== 'public')) {
            const person = people[route.audience] ?? people.partner;
            for (const field of route.query) {
                const { status } = await person.get(`${fill(route.path, '1')}?${field}=9223372036854775808%27%22`);
                assert.ok(status < 500, `${route.name} ${field}: ${status}`);
            }
        }
    });
    report.skip(39, 'an order cannot be confirmed without its steps', 'orders');
    report.skip(40, 'prices, currencies and discounts of the browser are ignored', 'quotes and orders');
}

// -- races and rates ----------------------------------------------------------------------------------

export async function races({ portal, report, people }) {
    await report.check(41, 'of twenty equal forms at once one registers, and all are told the same', async () => {
        const page = await people.partner.get('/partner/deals/new');
        const fields = [['form_token', hiddenOf(page.text).form_token], ['do', 'draft'], ['company_name', 'Attack Twice Ltd'], ['country', 'GB']];
        const answers = await Promise.all(Array.from({ length: 20 }, () => people.partner.post('/partner/deals/new', fields)));
        // The first is told that it was saved, the others that it had been.
        assert.equal(new Set(answers.map((one) => `${one.status} ${one.to?.split('?')[0]}`)).size, 1, answers.map((one) => `${one.status} ${one.to}`).join(' '));
        assert.equal(answers[0].status, 303);
        assert.deepEqual(portal.sql("SELECT COUNT(*) FROM deal WHERE company_name = 'Attack Twice Ltd'"), [['1']]);
        const other = await people.stranger.post('/partner/deals/new', fields);
        assert.equal(other.status, 403, "another's token was taken");
    });
    await report.check(41, 'of ten decisions of one registration at once one is taken', async () => {
        const number = await register(people.partner, 'Attack 41', 'Attack Decided Once Ltd'), path = `/staff/deals/DR-${number}`;
        const pages = await Promise.all(Array.from({ length: 10 }, () => people.reviewer.get(path)));
        const answers = await Promise.all(pages.map((page, i) => people.reviewer.post(`${path}/decide`, { ...hiddenOf(formOf(page.text, '/decide') ?? ''),
            verb: i % 2 ? 'approve' : 'reject', reason: i % 2 ? '' : 'no_project', text: `decision ${i}`, staff_note: '' })));
        assert.ok(answers.every((one) => one.status < 500), answers.map((one) => one.status).join(' '));
        assert.deepEqual(portal.sql(`SELECT COUNT(*) FROM deal_step WHERE deal_id = ${number} AND state IN ('approved', 'rejected')`), [['1']]);
    });
    report.skip(41, 'one coupon, one last item, one credit limit at once', 'carts and orders');
    await report.check(42, 'one address gets so many pages a second, and then 429 until it waits', async () => {
        const from = anotherAddress();
        const answers = await Promise.all(Array.from({ length: 220 }, () => ask(portal, '/login', { from }).catch((fault) => ({ status: fault.code, headers: {} }))));
        const refused = answers.filter((one) => one.status === 429);
        assert.ok(refused.length > 20, `${refused.length} refused`);
        assert.ok(refused.every((one) => one.headers['strict-transport-security']), 'a refusal without its headers');
        assert.equal((await ask(portal, '/login')).status, 200);
    });
}

// -- files --------------------------------------------------------------------------------------------

async function upload(person, number, name, bytes, type = 'application/octet-stream') {
    const form = formOf((await person.get(`/partner/deals/DR-${number}`)).text, '/files'), mark = 'attack-boundary-77';
    const part = (head, body) => Buffer.concat([Buffer.from(`--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), body, Buffer.from('\r\n')]);
    const body = Buffer.concat([part('name="form_token"', Buffer.from(hiddenOf(form).form_token)),
        part(`name="files"; filename="${name}"\r\nContent-Type: ${type}`, bytes), Buffer.from(`--${mark}--\r\n`)]);
    const answer = await person.post(`/partner/deals/DR-${number}/files`, body, { 'content-type': `multipart/form-data; boundary=${mark}` });
    return { ...answer, file: /\/files\/(\d+)/.exec((await person.get(`/partner/deals/DR-${number}`)).text.split(name.replace(/[^\w.]/g, '')).slice(-2)[0])?.[1] };
}

export async function files({ portal, report, people }) {
    const number = await register(people.partner, 'Attack files', 'Attack Files Ltd');
    await report.check(43, 'what is too large is told so before it is read, at every limit', async () => {
        const big = Buffer.alloc(1200000, 97), headers = { 'content-type': 'application/x-www-form-urlencoded', origin: portal.originOf(PORTAL_NAME) };
        assert.equal((await ask(portal, '/login', { body: big, headers })).status, 413);
        const head = await raw(portal, `POST /partner/deals/DR-${number}/files HTTP/1.1\r\nHost: ${PORTAL_NAME}\r\nContent-Length: 30000000\r\nContent-Type: text/plain\r\n\r\n`);
        assert.equal(statusOf(head), 413);
        assert.equal((await upload(people.partner, number, 'empty.txt', Buffer.alloc(0))).status < 500, true);
    });
    await report.check(44, 'files that a browser would run leave as attachments that it does not', async () => {
        const kinds = [['picture.png', Buffer.from('<html><script>alert(1)</script>')], ['picture.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
            ['gif.gif', Buffer.from('GIF89a/*<script>alert(1)</script>*/=1')], ['paper.pdf', Buffer.from('%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n')]];
        for (const [name, bytes] of kinds)
            assert.ok((await upload(people.partner, number, name, bytes)).status < 500, name);
        const rows = [...(await people.partner.get(`/partner/deals/DR-${number}`)).text.matchAll(/\/partner\/deals\/DR-\d+\/files\/(\w+)"/g)].map((hit) => hit[0].slice(0, -1));
        assert.ok(rows.length > 0, 'none was kept');
        for (const path of rows) {
            const { headers, status } = await people.partner.get(path);
            assert.equal(status, 200);
            assert.match(headers['content-disposition'], /^attachment/);
            assert.equal(headers['x-content-type-options'], 'nosniff');
            assert.match(headers['content-security-policy'], /sandbox|default-src 'none'/);
            assert.doesNotMatch(headers['content-type'], /html|svg|javascript|xml/);
        }
        return `${rows.length} of ${kinds.length} were kept`;
    });
    await report.check(45, 'an archive that would fill the disk is stored as it is, or not', async () => {
        const zip = execFileSync('python3', ['-c', "import io,sys,zipfile\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\nfor n in ('[Content_Types].xml','word/document.xml','word/media/a'): z.writestr(n,b'0'*60000000)\nz.close()\nsys.stdout.buffer.write(b.getvalue())"], { maxBuffer: 1 << 26 });
        const began = performance.now(), { status } = await upload(people.partner, number, 'bomb.docx', zip);
        assert.ok(status < 500);
        assert.ok(performance.now() - began < 5000, 'it was unpacked');
    });
    await report.check(47, 'nothing that was uploaded, and nothing of the disk, has an address of its own', async () => {
        for (const path of ['/uploads/1', '/files/1', '/var/db.cnf', '/secrets/db_staff', '/keys/log.key', '/static/../run/nginx.conf', '/static/..%2frun/tls.conf', '/static/%2e%2e/tls.key', '/tls.key', '/static//etc/passwd'])
            assert.match(String((await ask(portal, path)).status), /^(400|403|404)$/, path);
    });
}

// -- TLS, headers, browsers ---------------------------------------------------------------------------

const protocolOf = (portal, version) => new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: portal.tlsPort, servername: PORTAL_NAME, ca: portal.ca, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' },
        () => done(socket.end().getProtocol()));
    socket.on('error', () => done('refused'));
});

// Answers of the programs and of nginx itself, of every kind there is.
async function answersOfEveryKind({ portal, people }) {
    const from = anotherAddress(), big = 'a'.repeat(9000), asked = {
        'a page': ask(portal, '/login'), 'a page of a partner': people.partner.get('/partner/'), 'a page of staff': people.staff.get('/staff/'),
        'a redirection': ask(portal, '/partner/'), 'no such page': ask(portal, '/no/such/page'), 'no such record': people.partner.get('/partner/deals/DR-999999999'),
        'a sheet': people.partner.get('/partner/deals.csv'), 'a wrong method': ask(portal, '/login', { method: 'DELETE' }), 'TRACE': ask(portal, '/', { method: 'TRACE' }),
        'no such asset': ask(portal, '/static/no.css'), 'a folder': ask(portal, '/static/'), 'without its slash': ask(portal, '/partner'),
        'too large': ask(portal, '/login', { body: Buffer.alloc(1100000, 97) }), 'a forbidden form': ask(portal, '/login', { body: 'email=x' }),
        'a header too large': ask(portal, '/', { headers: { 'x-big': big } }), 'a path too long': ask(portal, `/${big}`), 'nothing readable': ask(portal, '/%00'),
        'health': ask(portal, '/healthz'), "the staff's root": ask(portal, '/', { name: STAFF_NAME }),
    };
    for (const name of Object.keys(asked))
        asked[name] = await asked[name].catch((fault) => ({ fault: String(fault) }));
    for (let i = 0; i < 180 && asked['too many']?.status !== 429; i += 60)
        asked['too many'] = (await Promise.all(Array.from({ length: 60 }, () => ask(portal, '/login', { from }).catch(() => ({}))))).find((one) => one.status === 429);
    return asked;
}

export async function transport(world) {
    const { portal, report, people } = world;
    await report.check(48, 'TLS 1.2 and 1.3 are spoken, older ones are not', async () => {
        assert.equal(await protocolOf(portal, 'TLSv1.3'), 'TLSv1.3');
        assert.equal(await protocolOf(portal, 'TLSv1.2'), 'TLSv1.2');
        assert.equal(await protocolOf(portal, 'TLSv1.1'), 'refused');
        assert.equal(await protocolOf(portal, 'TLSv1'), 'refused');
    });
    const answers = await answersOfEveryKind(world);
    const each = (act) => {
        const faults = Object.entries(answers).map(([name, answer]) => answer === undefined || answer.fault ? `${name}: ${answer?.fault ?? 'did not come'}` : act(answer, name)).filter(Boolean);
        assert.deepEqual(faults, []);
    };
    await report.check(49, "HSTS for two years and subdomains is on every answer, nginx's own among them", () => {
        each((answer, name) => (/^max-age=63072000; includeSubDomains$/.test(answer.headers['strict-transport-security'] ?? '') ? '' : `${name} (${answer.status})`));
        return `${Object.entries(answers).map(([name, one]) => `${name} ${one?.status}`).join(', ')}`;
    });
    await report.check(50, 'the policy of what a page may load is on every answer, once, without unsafe-inline', () =>
        each(({ headers, status }, name) => (!/^default-src 'none'[^,]*$/.test(headers['content-security-policy'] ?? '') || /unsafe|\*/.test(headers['content-security-policy']) ? `${name} (${status}): ${headers['content-security-policy']}` : '')));
    await report.check(50, 'nosniff, Referrer-Policy and frame-ancestors are on every answer', () =>
        each(({ headers, status }, name) => (headers['x-content-type-options'] === 'nosniff' && headers['referrer-policy'] === 'same-origin'
            && /frame-ancestors 'none'/.test(headers['content-security-policy'] ?? '') ? '' : `${name} (${status})`)));
    await report.check(52, 'no answer gives itself to other sites', async () => {
        each(({ headers }, name) => (headers['access-control-allow-origin'] ? name : ''));
        const answer = await people.partner.get('/partner/', { origin: 'https://evil.test' });
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
    });
    await report.check(50, 'no answer says which server it is from, and errors of nginx name no version', () =>
        each(({ headers, text }, name) => (/\d/.test(headers.server ?? '') || /nginx\/\d/.test(text) || headers['x-powered-by'] ? name : '')));
    await report.check(49, 'plain http leads to https and nothing else', async () => {
        const answer = await fetch(`http://127.0.0.1:${portal.plainPort}/login?x=1`, { redirect: 'manual', headers: { host: PORTAL_NAME } }).catch((fault) => fault);
        assert.ok(answer.status === 301 || answer.cause, `${answer.status}`);
        const text = execFileSync('curl', ['-si', '--noproxy', '*', '--max-time', '5', '-H', `Host: ${PORTAL_NAME}`, `http://127.0.0.1:${portal.plainPort}/login?x=1`], { encoding: 'utf8' });
        assert.match(text, /^HTTP\/1\.1 301[\s\S]*location: https:\/\/portal\.example\/login\?x=1/i);
    });
}

export async function browsers(world) {
    const { portal, report, people, routes } = world;
    await report.check(51, 'a form without token, with another token, or from elsewhere is refused, for every form', async () => {
        let tried = 0;
        for (const route of routes.filter((one) => one.method === 'POST')) {
            const person = people[route.audience] ?? people.partner;
            for (const [fields, headers] of [[{}, {}], [{ form_token: 'A'.repeat(60) }, {}], [{}, { origin: 'https://evil.test' }], [{}, { origin: portal.originOf(person.name === PORTAL_NAME ? STAFF_NAME : PORTAL_NAME) }], [{}, { 'sec-fetch-site': 'cross-site' }], [{}, { origin: 'null' }]]) {
                if (route.path === '/verify')
                    continue; // needs no token: it changes nothing
                const { status } = await ask(portal, fill(route.path, '1'), { name: person.name, body: encode(fields), headers: { cookie: person.cookie(), origin: portal.originOf(person.name), 'content-type': 'application/x-www-form-urlencoded', ...headers } });
                assert.ok([403, 404, 429, 400].includes(status), `${route.name}: ${status}`);
                tried++;
            }
        }
        return `${tried} requests`;
    });
    await report.check(51, 'a walk over every page changes nothing', async () => {
        // but what notes that somebody was there and what he read or took, and what the worker does by itself
        const noted = ['session', 'opened', 'announcement_reader', 'document_download', 'document_version', 'report_pin', 'report_bar', 'rate_bucket', 'job', 'outbox', 'log_leaf', 'log_head', 'log_checkpoint', 'log_node', 'log_tile', 'receipt', 'audit_event', 'worker_lease', 'lease', 'heartbeat'];
        const sums = () => sumsOfTables((text) => portal.sql(text), (table, column) => !noted.includes(table) && !(table === 'user' && column.startsWith('counter_')));
        for (let tries = 0; tries < 40 && Number(portal.sql("SELECT COUNT(*) FROM job WHERE state = 'waiting' AND due_at < UTC_TIMESTAMP(6) OR state = 'leased'")[0][0]) > 0; tries++)
            await wait(250);
        const before = sums(), audits = portal.sql("SELECT COUNT(*) FROM audit_event WHERE action NOT LIKE 'log%'");
        for (const route of routes.filter((one) => one.method === 'GET')) {
            const person = people[route.audience] ?? people.partner;
            const { status } = await person.get(fill(route.path, route.object === 'deal' ? 'DR-1' : '1'));
            assert.ok(status < 500, `${route.name}: ${status}`);
        }
        assert.deepEqual([...sums()].filter(([table, sum]) => sum !== before.get(table)), []);
        assert.deepEqual(portal.sql("SELECT COUNT(*) FROM audit_event WHERE action NOT LIKE 'log%'"), audits);
    });
    await report.check(53, 'pages of people are not kept by any cache', async () => {
        for (const route of routes.filter((one) => one.method === 'GET' && one.audience !== 'public')) {
            const person = people[route.audience] ?? people.partner, answer = await person.get(fill(route.path, '1'));
            assert.equal(answer.headers['cache-control'], 'no-store', `${route.name}: ${answer.status} ${answer.headers['cache-control']}`);
        }
    });
}

// -- HTTP ---------------------------------------------------------------------------------------------

export async function http({ portal, report, find, people }) {
    const head = `Host: ${PORTAL_NAME}\r\n`;
    await report.check(54, 'requests that two readers could read in two ways are refused, and none hides in another', async () => {
        const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
        for (const [name, bytes] of Object.entries({
            'both lengths': `POST /login HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
            'two lengths': `POST /login HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 50\r\n\r\n12345${smuggled}`,
            'a space before the colon': `POST /login HTTP/1.1\r\n${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
            'an odd encoding': `POST /login HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
            'two encodings': `POST /login HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
            'a negative length': `POST /login HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`, 'a length with a sign': `POST /login HTTP/1.1\r\n${head}Content-Length: +5\r\n\r\n12345`,
            'no host': 'GET / HTTP/1.1\r\n\r\n', 'two hosts': `GET / HTTP/1.1\r\n${head}Host: evil.test\r\n\r\n`, 'NUL': `GET /\0 HTTP/1.1\r\n${head}\r\n`,
            'a bad chunk': `POST /login HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
        })) {
            const text = await raw(portal, bytes, 3);
            assert.ok([400, 405, 501].includes(statusOf(text)), `${name}: ${text.slice(0, 60)}`);
            assert.equal((text.match(/^HTTP\/1\.1 /gm) ?? []).length, 1, `${name}: a second answer`);
        }
        assert.equal((await ask(portal, '/', { method: 'TRACE' })).status, 405);
    });
    await report.check(54, 'a body in chunks is one body', async () => {
        const text = await raw(portal, `POST /login HTTP/1.1\r\n${head}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7\r\nemail=x\r\n0\r\n\r\n`);
        assert.equal(statusOf(text), 403);
    });
    await report.check(55, 'a forged address of the client is not believed', async () => {
        const person = new Person(portal, find('gemma.shaw@pennine-networks.example')), forged = '203.0.113.77';
        const page = await person.get('/login');
        await person.post('/login', { ...hiddenOf(page.text), email: person.row.email, password: person.row.password },
            { 'x-forwarded-for': forged, 'x-real-ip': forged, 'x_real_ip': forged, forwarded: `for=${forged}`, 'client-ip': forged, 'true-client-ip': forged, remote_addr: forged, proxy: 'http://evil.test' });
        assert.ok(person.cookies.has('__Host-fw-partner'));
        const kept = execFileSync('mariadb-dump', ['--no-defaults', `--socket=${portal.folder}/run/db.sock`, '--skip-extended-insert', 'fairway', 'session', 'audit_event', 'rate_bucket'], { encoding: 'utf8', maxBuffer: 1 << 28 });
        assert.ok(!kept.includes(forged) && !readFileSync(join(portal.folder, 'log', 'login.log'), 'utf8').includes(forged));
    });
    await report.check(56, 'a path means one thing, whichever way it is written', async () => {
        for (const path of ['/partner/../staff/', '/partner/%2e%2e/staff/', '/x/..//staff/', '//staff/', '/login/../partner/'])
            assert.match(String((await ask(portal, path)).status), /^(303|302|400|404)$/, path);
        for (const path of ['/partner/index.php', '/staff/x/y', '/cgi-bin/test', '/login/extra', '/partner/deals/new/extra', '/PARTNER/'])
            assert.match(String((await people.partner.get(path)).status), /^(404|303)$/, path);
        for (const file of readdirSync(join(portal.folder, 'run')).filter((name) => name.endsWith('.sock') && name !== 'db.sock'))
            assert.equal(statSync(join(portal.folder, 'run', file)).mode & 0o007, 0, `${file} is open to all`);
    });
}

// -- logs, errors, settings ---------------------------------------------------------------------------

const logsOf = (portal) => readdirSync(join(portal.folder, 'log')).map((name) => [name, readFileSync(join(portal.folder, 'log', name), 'utf8')]);
const PROGRAM_LOGS = ['public', 'login', 'partner', 'customer', 'staff', 'worker'];

export async function logs({ portal, report, people, find }) {
    await report.check(57, 'what people send makes no line of its own in any log', async () => {
        const mark = 'ForgedLine57';
        for (const text of [`a\u0085{"level":"error"} ${mark}`, `"},{"event":"${mark}"}`, `\u2028${mark}`, `${mark}\t\\u000a`]) {
            await logInOnce(portal, `${text}@x.example`, mark, anotherAddress(), { 'user-agent': Buffer.from(`${text}`, 'utf8').toString('latin1') });
            await people.partner.get(`/partner/deals/${encodeURIComponent(`${text}\n{"level":"error","event":"${mark}"}`)}`);
        }
        await raw(portal, `GET /x%0a{"event":"${mark}"}\x01 HTTP/1.1\r\nHost: ${PORTAL_NAME}\r\nUser-Agent: \x1b[31m${mark}\r\nConnection: close\r\n\r\n`);
        for (const [name, text] of logsOf(portal).filter(([name]) => PROGRAM_LOGS.includes(name.replace('.log', ''))))
            for (const line of text.split('\n').filter(Boolean)) {
                const object = JSON.parse(line);
                assert.ok(object.event !== mark, `${name}: ${line}`);
            }
        for (const [name, text] of logsOf(portal).filter(([name]) => name.startsWith('tls-fairway')))
            for (const line of text.split('\n').filter(Boolean))
                assert.match(line, /^127\.\d+\.\d+\.\d+ \d{4}-\d\d-\d\dT/, `${name}: ${line}`);
    });
    await report.check(57, 'no log holds a password, a token of a session or form, or a secret of a link', async () => {
        const asked = '/password/SeCrEtOfALink57', token = people.partner.cookies.get('__Host-fw-partner');
        await ask(portal, asked);
        await ask(portal, '/invite/SeCrEtOfALink57?x=SeCrEtOfALink57');
        await ask(portal, '/login?next=SeCrEtOfALink57');
        await logInOnce(portal, find('lin.xiaowen@huaxin.example').email, 'SeCrEtPassword57');
        await wait(1500); // nginx keeps lines for a second
        for (const [name, text] of logsOf(portal).filter(([name]) => name !== 'demo.log')) // which tells the demo's passwords
            for (const secret of ['SeCrEtOfALink57', 'SeCrEtPassword57', find('lin.xiaowen@huaxin.example').password, find('henrik.halvorsen@halden.example').totp_secret, token])
                assert.ok(!text.includes(secret), `${name} holds ${secret.slice(0, 6)}...`);
    });
    await report.check(58, 'log-ins, refusals and what administrators do are events with who, when and where from', async () => {
        const began = portal.sql('SELECT MAX(id) FROM audit_event')[0][0], [[user]] = portal.sql(`SELECT id FROM user WHERE email_key = '${people.staff.row.email}'`);
        const [[colleague]] = portal.sql(`SELECT MIN(id) FROM user WHERE audience = 'staff' AND status = 'active' AND id <> ${user} AND email_key NOT LIKE 'claire.%'`);
        await logInOnce(portal, 'fiona.macleod@havenport.example', 'not her password');
        await logInOnce(portal, 'fiona.macleod@havenport.example', find('fiona.macleod@havenport.example').password);
        const page = await people.staff.get(`/staff/users/${colleague}`), ended = await people.staff.post(`/staff/users/${colleague}/sessions`, { form_token: hiddenOf(page.text).form_token });
        assert.equal(ended.status, 303);
        const events = portal.sql(`SELECT action, kind, object_id, user_id, address, at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE FROM audit_event WHERE id > ${began}`);
        for (const [action, who] of [['login.refused', '0'], ['login', portal.sql("SELECT id FROM user WHERE email_key = 'fiona.macleod@havenport.example'")[0][0]], ['users.end_sessions', user]]) {
            const [, kind, object, by, address, now] = events.find(([name]) => name === action || name.endsWith(`.${action}`)) ?? [];
            assert.ok(kind !== '' && object !== '0' && by === who && /^127\./.test(address) && now === '1', `${action}: ${JSON.stringify(events)}`);
        }
    });
    await report.check(59, 'what is of the operator is nobody elses', async () => {
        for (const path of ['/.git/config', '/.git/HEAD', '/.env', '/status', '/server-status', '/nginx_status', '/metrics', '/stub_status', '/static/manifest.txt', '/backup.sql', '/.well-known/x', '/Makefile', '/conf/fairway.conf'])
            assert.equal((await ask(portal, path)).status, 404, path);
        assert.match(String((await ask(portal, '/static/')).status), /^(403|404)$/);
    });
    await report.check(60, 'secrets and keys are files of one user, and the programs are told no password', () => {
        for (const folder of ['secrets', 'keys'])
            for (const file of readdirSync(join(portal.folder, folder)).filter((name) => !name.endsWith('.pub')))
                assert.equal(statSync(join(portal.folder, folder, file)).mode & 0o077, 0, `${folder}/${file}`);
        assert.match(readFileSync(join(root, 'conf', 'systemd', 'fairway@.service'), 'utf8'), /^User=fw_%i$/m);
    });
    await report.check(60, 'every account has the rights that sql/grants says, and no others', () => {
        for (const program of ['public', 'partner', 'customer', 'staff', 'worker']) {
            const said = readFileSync(join(root, 'sql', 'grants', `${program}.sql`), 'utf8').replace(/--.*$/gm, '');
            const tables = new Set([...said.matchAll(/ON @DB@\.(\w+)/g)].map((hit) => hit[1]));
            const given = portal.sql(`SHOW GRANTS FOR fw_${program}@localhost`).flat();
            for (const line of given) {
                assert.doesNotMatch(line, /GRANT OPTION|ALL PRIVILEGES|\bFILE\b|\bSUPER\b/, line);
                const table = /ON `fairway`\.`(\w+)`/.exec(line)?.[1];
                assert.ok(table ? tables.delete(table) : /GRANT (USAGE|EXECUTE)/.test(line) , `fw_${program}: ${line}`);
            }
            assert.deepEqual([...tables], [], `fw_${program} lacks`);
        }
    });
    await report.check(61, 'programs are position independent, read-only after linking, with guarded stacks', () => {
        for (const program of ['public.fcgi', 'partner.fcgi', 'customer.fcgi', 'staff.fcgi', 'fairway-worker']) {
            const read = execFileSync('readelf', ['-Wldhs', '--dyn-syms', join(build, 'bin', program)], { encoding: 'utf8', maxBuffer: 1 << 26 });
            assert.match(read, /Type:\s+DYN/, program);
            assert.match(read, /GNU_RELRO/, program);
            assert.match(read, /BIND_NOW|NOW/, program);
            assert.match(read, /__stack_chk_fail/, program);
            assert.match(read, /_chk@/, program);
            assert.match(read, /GNU_STACK[^\n]* RW /, program);
        }
    });
    await report.check(62, 'every library that a program loads is one of a package with a version', () => {
        const loaded = new Set(['public.fcgi', 'partner.fcgi', 'staff.fcgi', 'fairway-worker', 'fairwayctl'].flatMap((program) =>
            [...execFileSync('ldd', [join(build, 'bin', program)], { encoding: 'utf8' }).matchAll(/=> (\S+)/g)].map((hit) => hit[1])));
        const packages = new Set();
        for (const file of loaded) {
            const owner = [file, file.replace(/^\/usr/, ''), `/usr${file}`].map((name) => spawnSync('dpkg', ['-S', name], { encoding: 'utf8' })).find((one) => one.status === 0);
            assert.ok(owner, `${file} is of no package`);
            packages.add(owner.stdout.split(':')[0]);
        }
        const list = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...packages], { encoding: 'utf8' }).trim().split('\n');
        assert.ok(list.length > 5);
        return `${list.length} packages: ${list.join(', ')}`;
    });
}

// Last, since nobody is served meanwhile.
export async function database({ portal, report, people }) {
    await report.check(59, 'without the database there is a calm page, nothing of its inside, and nobody is let in', async () => {
        process.kill(Number(readFileSync(join(portal.folder, 'run', 'db.pid'), 'utf8')), 'SIGKILL');
        await wait(500);
        try {
            for (const [person, path] of [[people.partner, '/partner/'], [people.staff, '/staff/deals'], [people.customer, '/customer/'], [people.partner, '/account']]) {
                const { status, text, headers } = await person.get(path);
                assert.equal(status, 503, path);
                assert.doesNotMatch(text, /mysql|mariadb|socket|errno|\.c:\d|SELECT|stack|Whitfield|林/i);
                assert.match(headers['cache-control'], /no-store|no-cache/);
                assert.ok(headers['strict-transport-security'] && headers['content-security-policy']);
            }
            assert.equal((await logInOnce(portal, 'lin.xiaowen@huaxin.example', 'x')).status >= 400, true);
            const faults = readFileSync(join(portal.folder, 'log', 'partner.log'), 'utf8').split('\n').filter((line) => line.includes('"level":"error"') && line.includes('"status":503'));
            assert.ok(faults.length > 0, 'the log says nothing of it');
        } finally {
            portal.restartDatabase();
        }
        for (let tries = 0; tries < 100 && (await people.partner.get('/partner/')).status !== 200; tries++)
            await wait(100);
        assert.equal((await people.partner.get('/partner/')).status, 200, 'it does not come back');
    });
}
