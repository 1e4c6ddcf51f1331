// What was tried, as TAP while it goes on and as a table at the end.  A test is a point of the checklist, a sentence and
// what tries it; what a test elsewhere holds is named, and that test must be there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/portal.mjs';

const texts = new Map();
const textOf = (file) => {
    if (!texts.has(file))
        texts.set(file, existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');
    return texts.get(file);
};

// Is NAME a test of FILE?  In C a function that main()'s table has, there perhaps without the group before "__".
export function isTest(file, name) {
    const text = textOf(file), table = text.slice(text.lastIndexOf('int main(')), short = name.replace(/^.*?__/, '');
    return file.endsWith('.c') ? text.includes(`void ${name}(void **`) && new RegExp(`\\b(?:${name}|${short})\\b`).test(table) : text.includes(name);
}

export class Report {
    constructor() {
        this.rows = [];
    }

    say(kind, number, sentence, words = '') {
        this.rows.push({ kind, number, sentence, words });
        const line = `${kind === 'failed' ? 'not ok' : 'ok'} ${this.rows.length} - ${number} ${sentence}`;
        console.log(kind === 'skipped' ? `${line} # SKIP ${words}` : line);
        if (kind === 'failed')
            console.log(`# ${words.trim().replaceAll('\n', '\n# ')}`);
    }

    async check(number, sentence, act) {
        try {
            const words = await act();
            this.say('passed', number, sentence);
            if (typeof words === 'string')
                console.log(`# ${words.trim().replaceAll('\n', '\n# ')}`);
        } catch (fault) {
            this.say('failed', number, sentence, String(fault.code === 'ERR_ASSERTION' ? fault.message : fault.stack).slice(0, 3000));
        }
    }

    held(number, file, ...names) {
        for (const name of names) {
            const there = isTest(file, name);
            this.say(there ? 'held' : 'failed', number, `held by ${file}, ${name}`, there ? '' : 'there is no such test');
        }
    }

    skip(number, sentence, waits) {
        this.say('skipped', number, sentence, `waits for ${waits}`);
    }

    // A line a point: how many were tried here, how many tests hold it elsewhere, what waits.
    table(whole = true) {
        const count = (rows, kind) => rows.filter((row) => row.kind === kind).length;
        console.log(`1..${this.rows.length}\n#\n# ${'point'.padEnd(8)}${'here'.padStart(5)}${'held'.padStart(6)}${'failed'.padStart(8)}  waits for`);
        for (const number of [...new Set(this.rows.map((row) => row.number))].sort((a, b) => a - b)) {
            const rows = this.rows.filter((row) => row.number === number);
            console.log(`# ${String(number).padEnd(8)}${String(count(rows, 'passed')).padStart(5)}${String(count(rows, 'held')).padStart(6)}`
                + `${String(count(rows, 'failed')).padStart(8)}  ${rows.filter((row) => row.kind === 'skipped').map((row) => row.words.replace('waits for ', '')).join('; ')}`.trimEnd());
        }
        const missing = Array.from({ length: 62 }, (_, i) => i + 1).filter((number) => !this.rows.some((row) => row.number === number));
        if (whole && missing.length > 0)
            this.say('failed', missing[0], 'every point of the checklist has a line', `missing: ${missing.join(', ')}`);
        const failed = count(this.rows, 'failed');
        console.log(`${count(this.rows, 'passed') + count(this.rows, 'held')} passed, ${failed} failed, ${count(this.rows, 'skipped')} skipped`);
        return failed === 0;
    }
}
