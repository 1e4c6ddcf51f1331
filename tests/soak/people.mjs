// People who fill forms beside those who only read: log in and out, save drafts, submit, comment, decide, upload
// small files.  They are the kill test's people at another pace, and what they were told is compared with the
// rows in the same way.

import { setTimeout as wait } from 'node:timers/promises';
import { checkRows, checkStored } from '../kill/check.mjs';
import { Partner, Reviewer } from '../kill/client.mjs';
import { PARTNERS, REVIEWERS, drain, makeWorld } from '../kill/play.mjs';
import { hiddenOf } from '../support/portal.mjs';

const SHARE = 0.1; // of all requests
const TURN_MS = 10;
const CUT_OFF = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
// Of a hundred steps of a partner; those of reviewers are all decisions.
const DONE = ['register', 'draft', 'comment', 'upload', 'decision', 'mark'];
const STEPS = { register: 8, draft: 12, comment: 50, upload: 25, logOutAndIn: 5 };

// Each of them takes its turn when forms are due.
const paced = (Kind) => class extends Kind {
    get(...args) {
        this.world.asked++;
        return super.get(...args);
    }

    post(...args) {
        this.world.asked++;
        return super.post(...args);
    }

    async run() {
        await this.logIn();
        for (this.world.inside++; await this.world.turn();)
            await this.step();
    }
};

class BusyPartner extends paced(Partner) {
    sizes = [100, 2000, 20000];

    step() {
        let dice = this.random() * 100;
        const name = Object.keys(STEPS).find((one) => (dice -= STEPS[one]) < 0), number = this.pick(this.deals.slice(-12));
        return number === undefined && name !== 'draft' ? this.register() : this[name](number);
    }

    // His browser stays the same.
    forget() {
    }

    async logOutAndIn() {
        const page = await this.get('/partner/');
        await this.post('/logout', [['form_token', hiddenOf(page.text).form_token]], { what: 'log out', marker: this.person.email });
        await this.logIn();
    }
}

const BusyReviewer = paced(Reviewer);

// -- all of them --------------------------------------------------------------------------------------

export class People {
    constructor(portal) {
        const seed = Date.now() % 1e9;
        this.portal = portal;
        this.faults = new Map();
        this.world = makeWorld(portal, undefined, `S${seed}`);
        Object.assign(this.world, { asked: 0, turn: () => this.turn(),
            told: (what, fault) => this.hear(fault?.cause?.code ?? what) });
        const find = (email) => portal.people().find((person) => person.email === email);
        this.clients = [...PARTNERS.map((email, i) => new BusyPartner(this.world, find(email), seed + i)),
            ...REVIEWERS.map((email, i) => new BusyReviewer(this.world, find(email), seed + 100 + i))];
    }

    hear(what) {
        this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
    }

    // Logs all of them in; from then on they follow a load.
    async come() {
        this.working = Promise.all(this.clients.map((client) => client.run()));
        while (this.world.inside < this.clients.length)
            await Promise.race([wait(50), this.working]);
    }

    follow(load) {
        this.load = load;
        this.before = this.world.asked - load.accepted * SHARE / (1 - SHARE);
    }

    due() {
        return this.load !== undefined && this.world.asked - this.before < this.load.accepted * SHARE / (1 - SHARE);
    }

    async turn() {
        while (!this.world.over && !this.due())
            await wait(TURN_MS);
        return !this.world.over;
    }

    // What was no answer since the last time: a form whose kept connection was closed just then is sent again,
    // which its token makes harmless.
    heard(allowed = []) {
        const heard = [...this.faults].filter(([what]) => !CUT_OFF.includes(what) && !allowed.includes(what));
        const again = [...this.faults].filter(([what]) => CUT_OFF.includes(what)).reduce((sum, [, count]) => sum + count, 0);
        this.faults.clear();
        return { again, wrong: heard.map(([what, count]) => `${what} ${count} times`).join(', ') };
    }

    async goHome() {
        this.world.over = true;
        await this.working;
        await drain(this.portal);
        const { rows, faults } = checkStored(this.world);
        return { rows: [...rows.filter(({ what }) => DONE.includes(what)), ...['log in', 'log out'].map((what) => this.count(what))],
            faults: [...faults, ...checkRows(this.world)] };
    }

    count(what) {
        const notes = this.world.notes.filter((note) => note.what === what), of = (state) => notes.filter((note) => note.state === state).length;
        return { what, acknowledged: of('acknowledged'), refused: of('refused'), unknown: of('unknown'), again: notes.filter((note) => note.sent > 1).length };
    }
}
