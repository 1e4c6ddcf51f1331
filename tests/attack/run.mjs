// Attacks a portal that it starts itself, behind TLS as in production: the 62 points of the checklist, then tools
// over all routes with each audience's log-in.
//   node tests/attack/run.mjs      ATTACK=full: tools without haste; ATTACK_PORT=18190 and the two behind it;
//   PARTS=transport,sqlmap: only these
//
// Ends with a table and "N passed, N failed, N skipped".

import { join } from 'node:path';
import { build } from '../support/portal.mjs';
import { inBrowser } from './browser.mjs';
import { stranger } from './canary.mjs';
import * as checklist from './checklist.mjs';
import { Person } from './client.mjs';
import { held } from './held.mjs';
import { TlsPortal, readRoutes } from './portal.mjs';
import { Report } from './report.mjs';
import { standard } from './standard.mjs';
import { timing } from './timing.mjs';
import { tools } from './tools.mjs';

const PEOPLE = { partner: 'lin.xiaowen@huaxin.example', stranger: 'emma.whitfield@brightwater.example', customer: 'stefan.albrecht@aurora-logistics.example',
    staff: 'henrik.halvorsen@halden.example', reviewer: 'claire.bennett@halden.example' };
const checks = { ...checklist, timing, standard, canary: stranger, pages: inBrowser, ...tools };
const PARTS = ['authentication', 'timing', 'sessions', 'access', 'input', 'races', 'files', 'transport', 'browsers', 'http', 'logs', 'standard', 'canary', 'pages',
    'tls', 'slow', 'sqlmap', 'wapiti', 'database'];
const parts = PARTS.filter((part) => (process.env.PARTS ?? PARTS.join()).split(',').includes(part));

async function play(portal, report) {
    const rows = portal.people(), find = (email) => rows.find((row) => row.email === email);
    const world = { portal, report, find, routes: readRoutes(), people: {}, guest: new Person(portal) };
    for (const [who, email] of Object.entries(PEOPLE))
        world.people[who] = await new Person(portal, find(email)).logIn();
    for (const part of parts)
        await checks[part](world);
}

const port = process.env.ATTACK_PORT, report = new Report(), portal = new TlsPortal(join(build, port ? `attack-${port}` : 'attack'), Number(port ?? 18190));
for (const [number, file, ...names] of held)
    report.held(number, file, ...names);
process.on('SIGINT', () => process.exit(130));
try {
    await portal.start();
    await play(portal, report);
} catch (fault) {
    report.say('failed', 0, 'it comes to its end', String(fault.stack));
} finally {
    portal.stop();
}
process.exit(report.table(parts.length === PARTS.length) ? 0 : 1);
