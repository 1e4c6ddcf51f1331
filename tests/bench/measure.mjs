// How everything is measured: processor time of our processes beside everybody else's, rounds in which
// the rivals alternate, a table, demands, and bench.json.

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, root } from '../support/portal.mjs';

export { build, root };
export const cores = availableParallelism();
const wrkScript = join(root, 'tests', 'bench', 'wrk.lua');
const run = promisify(execFile);

export const settings = {
    rounds: Number(process.env.BENCH_ROUNDS ?? 5),
    seconds: Number(process.env.BENCH_SECONDS ?? 2),
    foreignMost: 0.05,
    // How long rounds that somebody else's work spoiled are repeated, for all figures of a run together.
    patienceMs: 1000 * Number(process.env.BENCH_PATIENCE ?? 600),
};

// -- processor time -----------------------------------------------------------------------------------

const tick = 1 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

// Of every process: its parent, and the seconds it has run.
function processes() {
    const found = new Map();
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
            const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
            const field = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the third and on
            found.set(Number(pid), { parent: Number(field[1]), seconds: (Number(field[11]) + Number(field[12])) * tick });
        } catch {
            // gone since the folder was read
        }
    }
    return found;
}

// A process and all that came from it.
export function family(pid, all = processes()) {
    const members = [pid];
    for (const member of members)
        for (const [child, { parent }] of all)
            if (parent === member)
                members.push(child);
    return members.filter((member) => all.has(member));
}

// Seconds of the whole machine that were not idle; time stolen by other machines counts as foreign work.
function machineSeconds() {
    const [, user, nice, system, , , irq, softirq, steal] =
        readFileSync('/proc/stat', 'latin1').split('\n', 1)[0].split(/\s+/).map(Number);
    return (user + nice + system + irq + softirq + steal) * tick;
}

// Seconds of each of GROUPS, which names their first processes, since it was made.  Processes that come
// meanwhile count from their beginning, those that end as they were when they were last looked at.
class Usage {
    constructor(groups) {
        Object.assign(this, { groups, before: processes(), last: {} });
        this.own = process.cpuUsage();
        this.look();
    }

    look() {
        const all = processes();
        for (const [name, pid] of Object.entries(this.groups())) {
            this.last[name] ??= new Map();
            for (const member of family(pid, all))
                this.last[name].set(member, all.get(member).seconds - (this.before.get(member)?.seconds ?? 0));
        }
    }

    seconds() {
        this.look();
        const { user, system } = process.cpuUsage(this.own);
        return { bench: (user + system) / 1e6, ...Object.fromEntries(Object.entries(this.last)
            .map(([name, members]) => [name, [...members.values()].reduce((sum, seconds) => sum + seconds, 0)])) };
    }
}

// Runs WORK, which resolves to { count, seconds, ...} and, as `clients`, the seconds of processor time of
// what it started itself.  GROUPS() names the first process of each group whose time is ours; it is asked
// every LOOK_MS where processes replace each other meanwhile.  The sample has the core microseconds of each
// group a unit, and the share of the machine that others used.
export async function sample(groups, work, lookMs) {
    const usage = new Usage(groups), machineBefore = machineSeconds(), began = process.hrtime.bigint();
    const looking = lookMs && setInterval(() => usage.look(), lookMs);
    const result = await work().finally(() => clearInterval(looking));
    const elapsed = Number(process.hrtime.bigint() - began) / 1e9;
    const used = usage.seconds(), machine = machineSeconds() - machineBefore;
    const us = {};
    let ours = result.clients;
    for (const [name, seconds] of Object.entries(used)) {
        ours += seconds;
        us[name] = seconds / result.count * 1e6;
    }
    us.clients = result.clients / result.count * 1e6;
    return { ...result, us, perSecond: result.count / result.seconds,
        foreign: Math.max(0, machine - ours) / (elapsed * cores) };
}

// -- rounds -------------------------------------------------------------------------------------------

let patienceEnds;

export function median(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function quantile(numbers, share) {
    return [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
}

// Takes a sample of each rival a round, as many rounds as are asked for.  A round with foreign load is
// taken again until patience ends; then what there is counts, marked busy.
export async function rounds(rivals) {
    const quiet = [], noisy = [];
    patienceEnds ??= Date.now() + settings.patienceMs;
    while (quiet.length < settings.rounds &&
        (quiet.length + noisy.length < settings.rounds || Date.now() < patienceEnds)) {
        const round = {};
        for (const [name, take] of Object.entries(rivals))
            round[name] = await take();
        const foreign = Math.max(...Object.values(round).map((s) => s.foreign));
        (foreign <= settings.foreignMost ? quiet : noisy).push(round);
    }
    const busy = quiet.length < settings.rounds;
    const kept = busy ? [...quiet, ...noisy] : quiet;
    const of = (name, figure) => median(kept.map((round) => figure(round[name])));
    return { busy, foreign: median(kept.map((round) => Math.max(...Object.values(round).map((s) => s.foreign)))),
        of, ratio: (a, b, figure) => median(kept.map((round) => figure(round[a]) / figure(round[b]))) };
}

// -- load ---------------------------------------------------------------------------------------------

// Runs a command; resolves to its output and the processor time that it and its children took.
export async function timed(command, args, options = {}) {
    const { stdout, stderr } = await run('bash', ['-c', 'TIMEFORMAT="@@ %3U %3S"; time "$@"', 'bash', command, ...args],
        { maxBuffer: 1 << 26, ...options });
    const [, user, system] = /@@ ([\d.]+) ([\d.]+)/.exec(stderr);
    return { stdout, clients: Number(user) + Number(system) };
}

// Sixteen clients that ask for one address over and over.
export async function wrk(url, cookie, seconds = settings.seconds) {
    const { stdout, clients } = await timed('wrk', ['-t1', '-c16', `-d${seconds}s`, '--timeout', '30s', '-s', wrkScript,
        ...(cookie ? ['-H', `Cookie: ${cookie}`] : []), url]);
    return { ...JSON.parse(stdout.slice(stdout.indexOf('{'))), clients };
}

// -- what is said -------------------------------------------------------------------------------------

const rows = [], demands = [];

const columns = [52, 10, 12, 10, 6]; // name, value, unit, floor, ratio

function sayRow(cells) {
    console.log('  ' + cells.map((cell, c) => (c === 0 || c === 2 || c > 4 ? cell.padEnd(columns[c] ?? 0) :
        cell.padStart(columns[c]))).join(' ').trimEnd());
}

// One row of the table, said as soon as it is known.
export function figure(name, value, unit, rest = {}) {
    if (rows.length === 0)
        sayRow(['', 'value', 'unit', 'floor', 'ratio', 'foreign load']);
    rows.push({ name, value, unit, floor: rest.floor ?? null, ratio: rest.ratio ?? null,
        ...(rest.us ? { core_us: rest.us } : {}), cores, foreign: rest.foreign ?? null, busy: rest.busy ?? false });
    sayRow([name, show(value), unit, show(rest.floor), show(rest.ratio),
        rest.foreign === undefined ? '' : `${(100 * rest.foreign).toFixed(0)} %`, rest.busy ? 'busy' : '']);
    if (rest.us)
        console.log('    core us: ' + Object.entries(rest.us).map(([group, us]) => `${group} ${us.toFixed(0)}`).join(', '));
}

// MET: whether VALUE is what is demanded.  A busy machine makes a demand that is not met a remark.
export function demand(name, text, met, busy = false) {
    demands.push({ name, text, met, busy });
}

function show(number) {
    if (number === null || number === undefined)
        return '';
    const size = Math.abs(number);
    return number.toFixed(size >= 100 || Number.isInteger(number) ? 0 : size >= 1 ? 2 : 3)
        .replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ' ');
}

// bench.json keeps the figures of every part; a part replaces its own.
function keep(part) {
    const folder = resolve(root, process.env.FAIRWAY_VAR ?? 'var'), path = join(folder, 'bench.json');
    let others = [];
    try {
        others = JSON.parse(readFileSync(path, 'utf8')).filter((row) => row.part !== part);
    } catch {
        // the first run
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.new`, `${JSON.stringify([...others, ...rows.map((row) => ({ part, ...row }))], null, 1)}\n`);
    renameSync(`${path}.new`, path);
    return path;
}

// Prints the demands, writes bench.json, sets the exit status.
export function finish(part) {
    for (const { name, text, met, busy } of demands)
        console.log(`  ${met ? 'met    ' : busy ? 'busy   ' : 'NOT MET'}  ${name}: ${text}`);
    console.log(`  ${cores} cores; figures in ${keep(part)}`);
    if (demands.some(({ met, busy }) => !met && !busy))
        process.exitCode = 1;
}
