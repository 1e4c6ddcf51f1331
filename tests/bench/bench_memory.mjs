// Memory of the portal while nobody works, and a reload while many do: two workers a program, nginx included.

import { readFileSync } from 'node:fs';
import { demand, family, figure, finish, settings, wrk } from './measure.mjs';
import { BenchPortal, programs, sizes } from './portal.mjs';

const demanded = { workerMb: 10, allMb: 120 };

// Shared pages count in parts, so that the sum is what the machine gives.
function proportionalMb(pid) {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1]) / 1024;
}

// Guests have looked at a page or two: every worker has drawn one.
async function warm(portal) {
    for (const path of ['/', '/login', '/partner/', '/customer/', '/staff/'])
        await wrk(portal.address + path, '', 1);
}

function tellMemory(portal) {
    const groups = portal.groups('nginx', ...programs, 'worker');
    const of = (pid) => family(pid).map((member) => ({ master: member === pid, mb: proportionalMb(member) }));
    const all = Object.entries(groups).map(([name, pid]) => ({ name, parts: of(pid) }));
    let total = 0;

    for (const { name, parts } of all) {
        const sum = parts.reduce((mb, part) => mb + part.mb, 0);
        figure(`${name}, ${parts.length} processes`, sum, 'MB');
        total += sum;
    }
    const workers = all.filter(({ name }) => programs.includes(name))
        .flatMap(({ parts }) => parts.filter((part) => !part.master));
    const largest = Math.max(...workers.map((part) => part.mb));
    figure('largest web worker', largest, 'MB');
    figure('all programs and nginx', total, 'MB');
    figure('mariadbd', proportionalMb(portal.groups('mariadbd').mariadbd), 'MB');
    demand('memory', `a web worker ${largest.toFixed(1)} MB, <= ${demanded.workerMb} MB`, largest <= demanded.workerMb);
    demand('memory', `everything ${total.toFixed(0)} MB, <= ${demanded.allMb} MB`, total <= demanded.allMb);
}

async function tellReload(portal) {
    const load = wrk(`${portal.address}/login`, '', 3 * settings.seconds);
    for (let i = 0; i < 3; i++) {
        await new Promise((done) => setTimeout(done, settings.seconds * 700));
        portal.run('reload');
    }
    const { count, failed, closed, p99 } = await load;
    figure('requests during three reloads', count, '');
    figure('requests during three reloads, p99', p99, 'ms');
    figure('connections that nginx closed meanwhile', closed, '');
    demand('reload', `${failed} of ${count} requests failed in three reloads`, failed === 0);
}

const portal = new BenchPortal(sizes()[0] ?? 0, 2);
portal.start();
try {
    await warm(portal);
    tellMemory(portal);
    await tellReload(portal);
} finally {
    portal.stop();
}
finish('memory');
