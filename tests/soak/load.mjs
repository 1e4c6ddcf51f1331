// Clients that ask for PAGES in turn: at a RATE, or without a pause.  Memory does not grow with what is asked.

import http from 'node:http';

const TICK_MS = 5, BUCKETS = 600, FLIGHT_MOST = 48;

// Buckets of 4 %: from 0.1 ms on.
const bucketOf = (ms) => Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log(ms / 0.1) / Math.log(1.04))));

export class Load {
    constructor(portal, pages, { rate, clients }) {
        Object.assign(this, { portal, pages, rate, clients });
        this.agent = new http.Agent({ keepAlive: true, maxSockets: FLIGHT_MOST });
        this.waits = new Array(BUCKETS).fill(0);
        this.faults = new Map();
        Object.assign(this, { count: 0, accepted: 0, refused: 0, wrong: 0, again: 0, turn: 0, flying: 0, owed: 0, over: false });
    }

    begin() {
        this.began = this.ticked = performance.now();
        if (this.rate)
            this.timer = setInterval(() => this.tick(), TICK_MS);
        else
            for (let i = 0; i < this.clients; i++)
                this.ask();
    }

    // Whoever is not asked in time is owed a request, but not more than a second's worth.
    tick() {
        const now = performance.now();
        this.owed = Math.min(this.rate, this.owed + this.rate * (now - this.ticked) / 1000);
        this.ticked = now;
        for (; this.owed >= 1 && this.flying < FLIGHT_MOST; this.owed--)
            this.ask();
    }

    ask() {
        const [path, cookie] = this.pages[this.turn++ % this.pages.length], at = performance.now();
        this.flying++;
        const request = http.get(this.portal.address + path, { agent: this.agent, headers: cookie ? { cookie } : {} }, (answer) => {
            let bytes = 0;
            answer.on('data', (data) => (bytes += data.length));
            answer.on('end', () => this.note(path, answer, bytes, performance.now() - at));
            answer.on('error', (e) => this.fault(path, e.code));
        });
        request.on('error', (e) => this.fault(path, e.code, request));
    }

    next() {
        this.flying--;
        this.count++;
        if (!this.rate && !this.over)
            this.ask();
    }

    // A connection that waited for its next request may be closed just then, as when nginx is reloaded: whoever
    // asks for a page asks again, as every browser does (RFC 9112, 9.3.1).
    fault(path, what, request) {
        if (request?.reusedSocket && what === 'ECONNRESET') {
            this.again++;
            this.next();
            return;
        }
        this.wrong++;
        this.faults.set(`${path} ${what}`, (this.faults.get(`${path} ${what}`) ?? 0) + 1);
        this.next();
    }

    note(path, answer, bytes, ms) {
        if (answer.statusCode === 503 && answer.headers['retry-after'] !== undefined) {
            this.refused++;
            this.next();
        } else if ((answer.statusCode === 200 && bytes > 0) || (path === '/' && answer.statusCode < 400)) {
            this.accepted++;
            this.waits[bucketOf(ms)]++;
            this.next();
        } else {
            this.fault(path, answer.statusCode);
        }
    }

    async end() {
        this.over = true;
        clearInterval(this.timer);
        while (this.flying > 0)
            await new Promise((done) => { setTimeout(done, 10); });
        this.agent.destroy();
        this.perSecond = this.count / (performance.now() - this.began) * 1000;
        return this;
    }

    // What SHARE of those let in waited at most.
    ms(share) {
        let left = Math.ceil(this.accepted * share);
        const bucket = this.waits.findIndex((count) => (left -= count) <= 0);
        return Number((0.1 * 1.04 ** (bucket + 1)).toFixed(1));
    }

    told() {
        return this.faults.size === 0 ? '' : `: ${[...this.faults].map(([what, count]) => `${what} ${count} times`).join(', ')}`;
    }
}
