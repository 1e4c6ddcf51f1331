// What is done to a database while people use the portal, how long they wait for it, and what is said about it.

import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { printTable, say } from '../kill/play.mjs';

export const STALL_MS = 5000; // a person's wait when the writer dies
const CALM_MS = 4000; // of ordinary work after each deed

// How long people waited for what they asked for between two moments or while these began: each one's longest, of
// which the median and the maximum; and the longest in which none of them got an answer.
function stallOf(world, from, to) {
    const touched = world.waits.filter((one) => one.to >= from && one.from <= to && one.who !== 'witness@');
    const longest = [...new Set(touched.map((one) => one.who))]
        .map((who) => Math.max(...touched.filter((one) => one.who === who).map((one) => one.to - one.from)));
    const ends = [from, ...touched.map((one) => one.to).filter((at) => at <= to), to].sort((a, b) => a - b);
    return { median: longest.sort((a, b) => a - b)[longest.length >> 1] ?? 0, longest: Math.max(0, ...longest),
        silent: Math.max(...ends.slice(1).map((at, i) => at - ends[i])) };
}

function tell(told) {
    const cells = told.map((one) => [one.name, ...[one.median, one.longest, one.most || '-', one.silent, one.refused, one.whole, one.load].map(String)]);
    printTable([['what is done', 'longest wait ms: median', 'of all', 'limit', 'nobody answered ms', '503', 'whole after ms', 'load'], ...cells]);
    say(`load: what the machine's ${cpus().length} processors were asked for, in the last minute`);
}

// A deed: NAME, ACT(supervisor, random), MOST: how long a person may wait for it in ms, 0: as long as it lasts.
// WHOLE waits until nothing is missing any more.
export async function disturb({ deeds, rounds, supervisor, world, random, whole, told }) {
    while (world.inside < world.people) // whoever logs in waits in a queue of its own
        await wait(200);
    for (let round = 0; round < rounds; round++)
        for (const deed of deeds) {
            const from = Date.now(), before = world.answers.get(503) ?? 0;
            await deed.act(supervisor, random);
            await whole();
            const back = Date.now();
            await supervisor.allAnswer();
            await wait(CALM_MS);
            told.push({ ...deed, ...stallOf(world, from, Date.now()), whole: back - from,
                refused: (world.answers.get(503) ?? 0) - before, load: loadavg()[0].toFixed(1) });
            say(`${deed.name}: longest wait ${told.at(-1).longest} ms, nobody was answered for ${told.at(-1).silent} ms`);
        }
    return () => tell(told);
}

export const within = (told) => told.filter((one) => one.most > 0)
    .map((one) => [`${one.name}: nobody waits longer than ${one.most} ms (${one.longest} ms, load ${one.load})`, one.longest <= one.most]);

// RESULTS as TAP; gives whether all hold.
export function tap(results) {
    for (const [i, [name, holds]] of results.entries())
        console.log(`${holds ? 'ok' : 'not ok'} ${i + 1} - ${name}`);
    console.log(`1..${results.length}`);
    return results.every(([, holds]) => holds);
}
