// A portal to measure: one folder a size under BUILD/bench/, loaded once and kept; the statements that a page
// runs, as the server saw them.

import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Portal, build } from '../support/portal.mjs';
import { cores } from './measure.mjs';

export const programs = ['public', 'login', 'partner', 'customer', 'staff'];
const port = Number(process.env.BENCH_PORT ?? 18080);
// Three for two cores, as conf/README.md says: with more they wait for each other's turn.
export const pageWorkers = () => String(process.env.FAIRWAY_WORKERS ?? Math.ceil(1.5 * cores));

// SCALE accounts and registrations besides the demo company; 0: the demo company alone.
export class BenchPortal extends Portal {
    constructor(scale, workers, name = String(scale)) {
        super(join(build, 'bench', name), port, { FAIRWAY_WORKERS: String(workers), SCALE: scale > 0 ? String(scale) : '' });
        this.scale = scale;
        this.workers = Number(workers);
    }

    // The first process of each group of programs.
    groups(...names) {
        const files = { mariadbd: 'db' };
        return Object.fromEntries(names.map((name) =>
            [name, Number(readFileSync(join(this.folder, 'run', `${files[name] ?? name}.pid`), 'latin1'))]));
    }

    // All that belongs to the portal: what of it works in the background is not foreign.
    allGroups() {
        return this.groups('mariadbd', 'nginx', ...programs, 'worker');
    }

    // The log line of the last request to PROGRAM for PATH's route.
    lastRequest(program) {
        const path = join(this.folder, 'log', `${program}.log`), size = statSync(path).size;
        const bytes = Buffer.alloc(Math.min(size, 65536)), file = openSync(path, 'r');
        readSync(file, bytes, 0, bytes.length, size - bytes.length);
        closeSync(file);
        const lines = bytes.toString('utf8').split('\n').filter((line) => line.includes('"event":"request"'));
        return lines.length > 0 ? JSON.parse(lines.at(-1)) : {};
    }
}

export function sizes() {
    return (process.env.SCALES ?? '10000').split(/\s+/).filter(Boolean).map(Number);
}

// -- statements of a page -----------------------------------------------------------------------------

const literal = String.raw`((?:DATE|TIMESTAMP)?'(?:[^'\\]|\\[\s\S]|'')*'|-?\d+(?:\.\d+)?|NULL)`;
const escapes = { 0: '\0', n: '\n', r: '\r', Z: '\x1a', t: '\t', b: '\b' };

function bindOf(text) {
    if (!text.endsWith("'"))
        return text;
    const bytes = text.slice(text.indexOf("'") + 1, -1).replace(/''|\\([\s\S])/g, (both, c) => (c === undefined ? "'" : escapes[c] ?? c));
    return `@${Buffer.from(bytes, 'latin1').toString('hex')}`;
}

// Finds the statements that WORK makes PROGRAM run, as tests/bench/floor takes them: NAME:BINDS.  The server
// writes them down with their values only when it did so as they were prepared: see recording().
export async function statementsOf(portal, program, work) {
    const log = join(portal.folder, 'tmp', 'statements.log');
    const known = execFileSync(join(build, 'tests', 'bench', 'floor'), [program], { encoding: 'latin1' }).split('\0')
        .filter(Boolean).map((entry) => entry.split('\t', 2)).map(([name, sql]) => ({ name, pattern:
            new RegExp(`^${sql.replace(/[.*+^$(){}|[\]\\]/g, '\\$&').replaceAll('?', literal)}$`) }));
    const before = statSync(log).size;
    await work();
    const threads = new Set(portal.sql('SELECT id, user FROM information_schema.processlist')
        .filter(([, user]) => user === `fw_${program}`).map(([id]) => id));
    const text = readFileSync(log, 'latin1').slice(before);
    const starts = [...text.matchAll(/^(?:\d{6}\s+[\d:]+)?\t+ *(\d+) ([A-Z][\w ]*?)\t/gm)];
    return starts.flatMap((start, i) => {
        if (start[2] !== 'Execute' || !threads.has(start[1]))
            return [];
        const sql = text.slice(start.index + start[0].length, starts[i + 1]?.index).trimEnd();
        for (const { name, pattern } of known) {
            const found = pattern.exec(sql);
            if (found)
                return [`${name}:${found.slice(1).map(bindOf).join(',')}`];
        }
        throw new Error(`no statement of ${program}: ${sql}`);
    });
}

// Runs WORK while the server writes down what it executes; programs start anew before and after.
export async function recording(portal, work) {
    const log = join(portal.folder, 'tmp', 'statements.log');
    rmSync(log, { force: true });
    portal.sql(`SET GLOBAL log_output = 'FILE', general_log_file = '${log}', general_log = 1`);
    portal.start();
    try {
        return await work();
    } finally {
        portal.sql('SET GLOBAL general_log = 0');
        portal.start();
    }
}
