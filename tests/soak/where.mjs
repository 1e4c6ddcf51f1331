// Where those who were let in waited, by program: for a worker, whose queue is so long; in its own work; before
// nginx; or here.  Read from nginx's log and the programs' own, from a moment on.

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from '../bench/measure.mjs';

const PROGRAMS = ['public', 'partner', 'customer', 'staff'];
const programOf = (path) => /^\/(partner|customer|staff)\//.exec(path)?.[1] ?? 'public';
const SHARE = 0.99;

class Tail {
    constructor(path) {
        this.path = path;
        this.from = statSync(path).size;
    }

    lines() {
        const bytes = Buffer.alloc(statSync(this.path).size - this.from), file = openSync(this.path, 'r');
        readSync(file, bytes, 0, bytes.length, this.from);
        closeSync(file);
        return bytes.toString('latin1').split('\n');
    }
}

export class Where {
    constructor(portal) {
        const tail = (name) => new Tail(join(portal.folder, 'log', `${name}.log`));
        this.nginx = tail('nginx-access');
        this.own = Object.fromEntries(PROGRAMS.map((name) => [name, tail(name)]));
    }

    // Lines of a table, of SECONDS.
    table(seconds) {
        const asked = this.nginx.lines().map((line) => line.split(' ')).filter(([, , method, , status]) => method === 'GET' && status);
        const ms = (numbers, share) => (numbers.length > 0 ? quantile(numbers, share).toFixed(1) : '');
        return [['let in, by program', 'a second', '503', 'work 50 % ms', `work 99 %`, 'nginx 50 %', 'nginx 99 %'], ...PROGRAMS.map((name) => {
            const here = asked.filter(([, , , path]) => programOf(path) === name), good = here.filter(([, , , , status]) => status === '200');
            const works = this.own[name].lines().map((line) => Number(/"method":"GET".*"us":(\d+)/.exec(line)?.[1]) / 1000).filter((one) => one >= 0);
            const waits = good.map(([, , , , , , wait]) => 1000 * Number(wait));
            return [name, (good.length / seconds).toFixed(0), String(here.length - good.length), ms(works, 0.5), ms(works, SHARE), ms(waits, 0.5), ms(waits, SHARE)];
        })];
    }
}
