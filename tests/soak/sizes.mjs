// What of a portal may not grow while it is used: memory, handles, temporary files, rows.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { programs } from '../bench/portal.mjs';
import { family, median } from '../bench/measure.mjs';

const WARM_SHARE = 1 / 3; // of the time, in which caches fill
const SETTLE_MS = 8000; // kept connections of those who fill forms are closed after four seconds
const GROUPS = { programs: [...programs, 'worker'], mariadbd: ['mariadbd'], nginx: ['nginx'] };
// nginx's handles are its clients' connections, and are compared when nobody is there.
const MOST = { 'memory of the programs': 1.15, 'handles of the programs': 1.1,
    'memory of mariadbd beside its buffer pool': 1.15, 'handles of mariadbd': 1.1, 'memory of nginx': 1.15,
    'temporary files': 1.0, 'rows of tables that use does not fill': 1.0 };

// Memory of its own and its share of what it shares, in kB; open handles.
function sizeOf(pids) {
    let memory = 0, handles = 0, processes = 0;
    for (const pid of pids) {
        try {
            memory += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1]);
            handles += readdirSync(`/proc/${pid}/fd`).length;
            processes++;
        } catch {
            // ended since the list was made
        }
    }
    return { memory, handles, processes };
}

const sizeOfGroup = (portal, name) => sizeOf(Object.values(portal.groups(...GROUPS[name])).flatMap((pid) => family(pid)));

export class Sizes {
    constructor(portal) {
        Object.assign(this, { portal, samples: [], pool: 0 });
        // What was set up, what there is once a person, and the log's one row: no use makes more of them.
        this.tables = portal.run('ctl', 'retention').split('\n')
            .map((line) => /^(\S+) +(?:set up|with +(?:user|the log)\b)/.exec(line)?.[1]).filter(Boolean);
    }

    countRows() {
        return this.portal.sql(this.tables.map((table) => `SELECT COUNT(*) FROM ${table}`).join(' UNION ALL '))
            .reduce((sum, [count]) => sum + Number(count), 0);
    }

    // The buffer pool fills up to what it may have; a page that is free again stays in memory.
    poolSize() {
        const status = Object.fromEntries(this.portal.sql("SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Innodb_buffer_pool_pages%'"
            + " OR Variable_name = 'Innodb_page_size'"));
        const used = (status.Innodb_buffer_pool_pages_total - status.Innodb_buffer_pool_pages_free) * status.Innodb_page_size / 1024;
        return (this.pool = Math.max(this.pool, used));
    }

    take() {
        const [own, database, nginx] = Object.keys(GROUPS).map((name) => sizeOfGroup(this.portal, name));
        const sample = [own.memory, own.handles, database.memory - this.poolSize(), database.handles, nginx.memory,
            readdirSync(join(this.portal.folder, 'tmp'), { recursive: true }).length, this.countRows()];
        this.samples.push(Object.fromEntries(Object.keys(MOST).map((what, i) => [what, sample[i]])));
    }

    // What it was when it was warm, a sixth of the time long, against the last sixth.
    growth() {
        const steady = this.samples.slice(Math.floor(this.samples.length * WARM_SHARE)), part = Math.ceil(steady.length / 4);
        return Object.entries(MOST).map(([what, most]) => {
            const of = (samples) => median(samples.map((sample) => sample[what]));
            const warm = of(steady.slice(0, part)), end = of(steady.slice(-part));
            return { what, warm, end, most, ratio: warm > 0 ? end / warm : end > 0 ? Infinity : 1 };
        });
    }
}

// What nginx is when nobody is there: its old processes end once they have answered.  As KNOWN, or what it is.
export async function nginxAtRest(portal, known) {
    const same = (now) => known === undefined || (now.processes === known.processes && now.handles <= known.handles);
    for (const end = Date.now() + SETTLE_MS; ; await wait(200)) {
        const now = sizeOfGroup(portal, 'nginx');
        if ((known !== undefined && same(now)) || Date.now() > end)
            return { ...now, same: same(now) };
    }
}
