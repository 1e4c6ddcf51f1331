// The conflict check: how long it takes among the accounts of a database, and what it finds of the variants
// that people type, in memory, and of labelled sets: FAIRWAY_SETS names a folder with companies/ in it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, demand, figure, finish, median, quantile, root, sample, settings, timed } from './measure.mjs';
import { BenchPortal, sizes } from './portal.mjs';

const demanded = { medianMs: 5, p99Ms: 30 };
// The least share that is flagged, of a kind of variant; of new companies the greatest.
const shares = {
    'en other suffix': 1, 'en full width': 1, 'en without second word': 1, 'en typing error in brand': 0.93,
    'zh traditional': 0.998, 'zh without city': 0.998, 'zh short': 0.998, 'zh brand character replaced': 0.48,
};
const newMost = { 'en new company': 0.016, 'zh new company': 0.016 };
const asked = 1000;

// -- time ---------------------------------------------------------------------------------------------

// What a person makes of a name: as it is, other case, one character lost, two swapped, without its last word.
const habits = [
    (name) => name,
    (name) => name.toUpperCase(),
    (name, at) => name.slice(0, at) + name.slice(at + 1),
    (name, at) => name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
    (name) => (name.includes(' ') ? name.slice(0, name.lastIndexOf(' ')) : name.slice(2)),
];

// Every n-th account, so that runs are equal.
function writeNames(portal, path) {
    const [[count]] = portal.sql("SELECT COUNT(*) FROM account WHERE kind IN ('customer', 'prospect')");
    const names = portal.sql(`SELECT name FROM (SELECT name, ROW_NUMBER() OVER (ORDER BY id) AS nth FROM account
        WHERE kind IN ('customer', 'prospect')) a WHERE nth % ${Math.max(1, Math.floor(count / asked))} = 0`).map(([name]) => name);
    const typed = Array.from({ length: asked }, (_, i) => {
        const name = names[i % names.length];
        return habits[(i + Math.floor(i / names.length)) % habits.length](name, 1 + i % Math.max(1, name.length - 2));
    });
    writeFileSync(path, `name\n${typed.map((name) => `"${name.replaceAll('"', '""')}"`).join('\n')}\n`);
    return Number(count);
}

async function tellTime(portal) {
    const path = join(portal.folder, 'tmp', 'names.csv'), count = writeNames(portal, path);
    const ask = async () => {
        const began = Date.now();
        const { stdout, clients } = await timed(join(build, 'bin', 'fairwayctl'), ['match', path],
            { env: portal.programEnvironment('owner') });
        return { stdout, clients, count: asked, seconds: (Date.now() - began) / 1000 };
    };
    await ask(); // the pages of the index come into memory
    const { stdout, foreign, us } = await sample(() => portal.allGroups(), ask);
    const times = new Map(); // a query has several lines, all with its time; the order of lines is that of queries
    for (const [, query, micros] of stdout.matchAll(/^("(?:[^"]|"")*"|[^,\r\n]*),.*?,(\d+)\r?$/gm))
        times.set(query, Number(micros) / 1000);
    const all = [...times.values()], busy = foreign > settings.foreignMost;
    const middle = median(all), worst = quantile(all, 0.99);
    figure(`conflict check among ${count} companies, median`, middle, 'ms',
        { foreign, busy, us: { mariadbd: us.mariadbd, fairwayctl: us.clients } });
    figure(`conflict check among ${count} companies, p99`, worst, 'ms', { foreign, busy });
    demand(`conflict check among ${count}`, `median ${middle.toFixed(1)} ms, <= ${demanded.medianMs} ms`,
        middle <= demanded.medianMs, busy);
    demand(`conflict check among ${count}`, `p99 ${worst.toFixed(1)} ms, <= ${demanded.p99Ms} ms`, worst <= demanded.p99Ms, busy);
}

// -- quality ------------------------------------------------------------------------------------------

function tellVariants() {
    const out = execFileSync(join(build, 'tests', 'match', 'bench_match'), ['20000', '500'], { encoding: 'utf8' });
    for (const [, kind, flagged] of out.matchAll(/^(\S.*?) +flagged ([\d.]+)/gm)) {
        const share = Number(flagged);
        figure(`found: ${kind}`, share, 'share');
        if (kind in shares)
            demand(kind, `${share} found, >= ${shares[kind]}`, share >= shares[kind]);
        if (kind in newMost)
            demand(kind, `${share} flagged, <= ${newMost[kind]}`, share <= newMost[kind]);
    }
}

// Cells of a CSV file without quotes within quotes, its head left out.
const read = (text) => text.replace(/^\uFEFF/, '').split(/\r?\n/).slice(1).filter(Boolean)
    .map((line) => [...line.matchAll(/(?:^|,)("[^"]*"|[^,]*)/g)].map(([, cell]) => cell.replace(/^"|"$/g, '')));

// Verdicts on pairs of names, in their order.
function judge(pairs) {
    const path = join(build, 'bench', 'pairs.csv');
    writeFileSync(path, `a,b\n${pairs.map((pair) => pair.map((name) => `"${name}"`).join(',')).join('\n')}\n`);
    const out = execFileSync(join(build, 'bin', 'fairwayctl'), ['match', '--pairs', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return [...out.matchAll(/,(same|possible|different),/g)].map(([, verdict]) => verdict);
}

// Precision and recall of what is called the same, and of what is called the same or possible.  TRUTHS
// says which pairs are; ALL is how many there are to be found.
function tellSet(name, pairs, truths, all) {
    const verdicts = judge(pairs);
    for (const [label, meant] of [['same', ['same']], ['same or possible', ['same', 'possible']]]) {
        const said = truths.filter((_, i) => meant.includes(verdicts[i]));
        const right = said.filter(Boolean).length;
        figure(`${name}, ${label}: precision`, right / Math.max(1, said.length), 'share');
        figure(`${name}, ${label}: recall`, right / all, 'share');
    }
}

function tellPairs(path) {
    const rows = read(readFileSync(path, 'utf8')), truths = rows.map((row) => row[2] === '1');
    tellSet('labelled pairs', rows.map(([a, b]) => [a, b]), truths, truths.filter(Boolean).length);
}

const words = (name) => new Set(name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

// Two lists and which of them are the same: judged are the pairs with a word in common that is not frequent.
function tellLists(name, folder) {
    const [left, right, truth] = ['left', 'right', 'gt'].map((part) => read(readFileSync(join(folder, `${part}.csv`), 'utf8')));
    const holders = new Map(), meant = new Set(truth.map(([l, , r]) => `${l} ${r}`)), pairs = [], truths = [];
    for (const row of left)
        for (const word of words(row[1]))
            holders.set(word, [...(holders.get(word) ?? []), row]);
    for (const [id, title] of right) {
        const rare = [...words(title)].map((word) => holders.get(word) ?? []).filter((rows) => rows.length <= 60);
        for (const row of new Set(rare.flat())) {
            pairs.push([row[1], title]);
            truths.push(meant.has(`${row[0]} ${id}`));
        }
    }
    tellSet(name, pairs, truths, truth.length);
}

function tellSets() {
    const folder = join(process.env.FAIRWAY_SETS ?? join(root, 'tests', 'data'), 'companies');
    tellPairs(join(folder, 'pairs-en.csv'));
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith('organisations-')))
        tellLists(name, join(folder, name));
}

mkdirSync(join(build, 'bench'), { recursive: true });
tellSets();
tellVariants();
for (const scale of sizes()) {
    const portal = new BenchPortal(scale, 2);
    portal.start();
    try {
        await tellTime(portal);
    } finally {
        portal.stop();
    }
}
finish('matching');
