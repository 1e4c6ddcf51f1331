// People use a portal over HTTP while its processes are killed; then everything is compared with what they were told.
//   node tests/kill/run.mjs      KILLS=30, SEED (printed), KILL_PORT=18090; the portal stands in B/kill
//
// Ends with a table, and badly when anything acknowledged was lost, anything was doubled, or anything is half.

import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Portal, build } from '../support/portal.mjs';
import { damages, unnoticed } from './check.mjs';
import { MailServer } from './mail.mjs';
import { play, say } from './play.mjs';
import { PROGRAMS, Supervisor } from './supervisor.mjs';

const kills = Number(process.env.KILLS ?? 30);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const port = Number(process.env.KILL_PORT ?? 18090);
const LEAST_MS = 50, MOST_MS = 700; // between two kills
const INTO_MS = 30; // how far a form may have come

// -- what is done to it -------------------------------------------------------------------------------

const WEB = PROGRAMS.filter((name) => name !== 'worker' && name !== 'customer');
const anyOf = (list, random) => list[Math.floor(random() * list.length)];

// WEIGHT of a hundred, and how it is done: true when there was something to do it to.
const DEEDS = [
    { name: 'kill -9 of a FastCGI worker', weight: 38, act: (s, random) => killChild(s, anyOf(WEB, random), random) },
    { name: 'kill -9 of a program with all its workers', weight: 14, act: (s, random) => s.signal(s.pidOf(anyOf(WEB, random)), 'SIGKILL') },
    { name: "kill -9 of fairway-worker's process", weight: 14, act: (s, random) => killChild(s, 'worker', random) },
    { name: 'kill -9 of fairway-worker', weight: 6, act: (s) => s.signal(s.pidOf('worker'), 'SIGKILL') },
    { name: 'kill -9 of mariadbd', weight: 14, act: (s) => s.signal(s.pidOf('mariadbd'), 'SIGKILL') },
    { name: 'kill -9 of nginx', weight: 4, act: (s) => s.signal(s.pidOf('nginx'), 'SIGKILL') },
    { name: "kill -9 of nginx's worker", weight: 4, act: (s, random) => killChild(s, 'nginx', random) },
    { name: 'a clean restart of a program', weight: 2, act: (s, random) => s.signal(s.pidOf(anyOf(PROGRAMS, random)), 'SIGTERM') },
    { name: 'a clean restart of mariadbd', weight: 1, act: (s) => s.signal(s.pidOf('mariadbd'), 'SIGTERM') },
    { name: 'a reload of a program', weight: 3, act: (s, random) => s.signal(s.pidOf(anyOf(PROGRAMS, random)), 'SIGHUP') },
];

function killChild(supervisor, name, random) {
    const children = supervisor.childrenOf(name);
    return children.length > 0 && supervisor.signal(anyOf(children, random), 'SIGKILL');
}

function chooseDeed(random) {
    let dice = random() * 100;
    return DEEDS.find((deed) => (dice -= deed.weight) < 0) ?? DEEDS[0];
}

// Not at any moment: most of a portal's time is between two requests.
async function killAll(supervisor, world, random) {
    const done = new Map(DEEDS.map((deed) => [deed.name, 0]));
    for (let count = 0; count < kills;) {
        await wait(LEAST_MS + (MOST_MS - LEAST_MS) * random());
        await once(world.posts, 'post');
        await wait(INTO_MS * random());
        const deed = chooseDeed(random);
        if (!deed.act(supervisor, random))
            continue;
        done.set(deed.name, done.get(deed.name) + 1);
        if (++count % 100 === 0)
            say(`${count} of ${kills}`);
    }
    return () => {
        for (const [name, count] of done)
            say(`${String(count).padStart(5)}  ${name}`);
    };
}

// -- all of it ----------------------------------------------------------------------------------------

const mails = new MailServer();
const portal = new Portal(join(build, 'kill'), port, { FAIRWAY_SMTP_URL: await mails.listen(), DEMO: '1', SCALE: '' });
let good = false, blind = ['it did not come to that'];
say(`${kills} kills, seed ${seed}`);
portal.stop();
rmSync(portal.folder, { recursive: true, force: true });
portal.start();
portal.stop();
try {
    const supervisor = new Supervisor(portal);
    const played = await play({ portal, mails, supervisor, seed,
        disturb: (world, random) => killAll(supervisor, world, random), afterwards: unnoticed });
    [good, blind] = [played.faults.length === 0, played.afterwards];
    say(`seed ${seed}`);
} finally {
    mails.close();
}
const ok = (holds) => (holds ? 'ok' : 'not ok');
console.log(`${ok(good)} 1 - nothing acknowledged is lost, nothing doubled, nothing half, after ${kills} kills
${ok(blind.length === 0)} 2 - and each of ${damages} kinds of damage would have been seen${blind.map((name) => `; not: ${name}`).join('')}
1..2`);
process.exit(good && blind.length === 0 ? 0 : 1);
