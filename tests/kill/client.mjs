// People who use the portal while it is killed, and who note what they were told.  A form that got no answer is sent
// again as it was, as a browser does, or given up: then nobody knows.

import { File } from 'node:buffer'; // no global of Node.js 18
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Visitor, codeOf, hiddenOf, nextCode, within } from '../support/portal.mjs';

const ANSWER_MS = 20000;
const PATIENCE_MS = 120000;
const GIVE_UP = 0.15;
const THINK_MS = 60;
const DAY_MS = 86400000;
const SIZES = [100, 2000, 300000, 1300000]; // bytes of files; the last has two parts

// A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32).
export function randomOf(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

// A company like no other: customers who were all called nearly alike would each be shown beside all the rest.
function companyOf(random) {
    const syllable = () => 'bdfghjklmnprstvwz'[Math.floor(random() * 17)] + 'aeiou'[Math.floor(random() * 5)];
    const word = (count) => Array.from({ length: count }, syllable).join('');
    const kind = ['Ltd', 'Holdings', 'Group plc', 'Logistics Ltd', 'Foods Ltd', 'Systems Ltd'][Math.floor(random() * 6)];
    const name = word(3 + Math.floor(random() * 2));
    return `${name[0].toUpperCase()}${name.slice(1)} ${word(2)} ${kind}`;
}

// The values of a list's options; ids of rows have gaps on a cluster.
const optionsOf = (text, name) => [...(text.match(new RegExp(`<select[^>]*name="${name}"[^>]*>([\\s\\S]*?)</select>`))?.[1] ?? '')
    .matchAll(/<option[^>]*value="([^"]+)"/g)].map(([, value]) => value);

const formOf = (text, action) => text.match(new RegExp(`<form[^>]*action="[^"]*${action}"[\\s\\S]*?</form>`))?.[0];

function bodyOf(fields, multipart) {
    const body = multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of fields)
        value instanceof File ? body.append(name, value, value.name) : body.append(name, value);
    return body;
}

class Client {
    constructor(world, person, seed) {
        Object.assign(this, { world, person });
        this.visitor = new Visitor(world.portal);
        this.random = randomOf(seed);
        this.count = 0;
    }

    pick(list) {
        return list[Math.floor(this.random() * list.length)];
    }

    // Words that stand nowhere else in the database.
    marker() {
        return `${this.world.name}-${this.person.email.split('@')[0]}-${++this.count}`;
    }

    // A page, however long it takes.
    async get(path) {
        const from = Date.now();
        for (const end = from + PATIENCE_MS; ;) {
            try {
                const answer = await within(ANSWER_MS, (signal) => this.visitor.send(path, undefined, signal));
                if (answer.status < 500)
                    return this.waited(path, from, answer);
                this.world.told(answer.status);
            } catch (fault) {
                this.world.told('no answer', fault);
            }
            if (Date.now() > end)
                throw new Error(`${path}: no answer within ${PATIENCE_MS / 1000} s`);
            await wait(100 + 400 * this.random());
        }
    }

    // Sends a form until there is an answer that means something, or gives up.  NOTE is what shall have happened.
    async post(path, fields, note, multipart = false) {
        Object.assign(note, { who: this.person.email, state: 'unknown', sent: 0, answers: [] });
        this.world.notes.push(note);
        for (const from = Date.now(); ;) {
            note.sent++;
            this.world.posts.emit('post');
            try {
                const answer = await within(ANSWER_MS, (signal) => this.visitor.send(path, bodyOf(fields, multipart), signal));
                note.answers.push(answer.status);
                if (answer.status < 500)
                    return this.conclude(note, this.waited(`POST ${path}`, from, answer));
                this.world.told(answer.status);
            } catch (fault) {
                note.answers.push(fault.cause?.code ?? fault.name);
                this.world.told('no answer', fault);
            }
            if (this.random() < GIVE_UP || this.world.over)
                return undefined;
            await wait(100 + 600 * this.random());
        }
    }

    waited(what, from, answer) {
        this.world.waits.push({ who: this.person.email, what, from, to: Date.now() });
        return answer;
    }

    conclude(note, answer) {
        const done = answer.status === 303 || answer.status === 302;
        if (done && answer.to.startsWith('/login') && !note.what.startsWith('log '))
            throw new Error(`${this.person.email} was logged out`);
        note.state = done ? 'acknowledged' : 'refused';
        note.status = answer.status;
        return answer;
    }

    // Each log-in comes from a new browser.
    forget() {
        this.visitor.cookies.clear();
    }

    async logIn() {
        const { email, password, totp_secret: secret } = this.person;
        for (let tries = 0; ; tries++) {
            this.forget();
            const note = { what: 'log in', marker: email };
            const page = await this.get('/login');
            let answer = await this.post('/login', Object.entries({ ...hiddenOf(page.text), email, password }), note);
            if (answer?.to?.startsWith('/2fa')) {
                note.state = 'refused'; // half the way: no session yet
                if (tries > 0)
                    await nextCode(); // the last one may have been taken
                const second = await this.get('/2fa');
                answer = await this.post('/2fa', Object.entries({ ...hiddenOf(second.text), code: codeOf(secret) }),
                    { what: 'log in', marker: email });
            }
            if (answer?.to && /^\/(partner|staff)\//.test(answer.to))
                return;
            await wait(500);
        }
    }

    async run() {
        await this.logIn();
        this.world.inside++;
        while (!this.world.over) {
            await this.step();
            this.world.steps++;
            await wait(THINK_MS * this.random());
        }
    }
}

// -- a partner ----------------------------------------------------------------------------------------

export class Partner extends Client {
    constructor(...args) {
        super(...args);
        this.deals = [];
        this.sizes = SIZES;
    }

    step() {
        const dice = this.random();
        if (dice < 0.5 || this.deals.length === 0)
            return this.register();
        const number = this.pick(this.deals.slice(-12));
        return dice < 0.65 ? this.comment(number) : dice < 0.78 ? this.upload(number)
            : dice < 0.86 ? this.withdraw(number) : this.answer(this.deals.findLast((one) => this.world.returned.has(one)) ?? number);
    }

    register() {
        return this.send('submit', 'register');
    }

    draft() {
        return this.send('save', 'draft');
    }

    // A new registration.  Every fifth customer is one that others come with, too.
    async send(button, what) {
        const project = this.marker(), single = this.random() < 0.5;
        const contested = this.random() < 0.2;
        const company = companyOf(contested ? randomOf(Math.floor(this.world.notes.length / 60)) : this.random);
        const page = await this.get('/partner/deals/new');
        const lines = optionsOf(page.text, 'line').slice(...(single ? [0, 1] : [1, 3]));
        const fields = [['form_token', hiddenOf(page.text).form_token], ['do', button], ['company_name', company], ['country', 'GB'],
            ['currency', 'GBP'], ['project_name', project], ['deal_type', 'new'],
            ['expected_close', new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10)],
            ['contact_name', 'Chen Wei'], ['contact_email', 'chen.wei@customer.example']];
        for (const line of lines)
            fields.push(['line', line], ['quantity', '4'], ['value', '300000']);
        const note = { what, marker: project, lines: lines.length };
        const answer = await this.post('/partner/deals/new', fields, note, true);
        const number = /DR-(\d+)/.exec(answer?.to ?? '')?.[1];
        if (number === undefined)
            return;
        note.deal = Number(number);
        if (button !== 'submit')
            return;
        this.deals.push(note.deal);
        this.world.board.push(note.deal);
    }

    async comment(number) {
        const page = await this.get(`/partner/deals/DR-${number}`), body = this.marker();
        const form = formOf(page.text, '/comment');
        if (form)
            await this.post(`/partner/deals/DR-${number}/comment`, [...Object.entries(hiddenOf(form)), ['body', body]],
                { what: 'comment', marker: body, deal: number });
    }

    async upload(number) {
        const page = await this.get(`/partner/deals/DR-${number}`), name = `${this.marker()}.txt`;
        const form = formOf(page.text, '/files'), bytes = Buffer.alloc(this.pick(this.sizes), `${name}\n`);
        if (form)
            await this.post(`/partner/deals/DR-${number}/files`, [...Object.entries(hiddenOf(form)),
                ['files', new File([bytes], name, { type: 'text/plain' })]],
                { what: 'upload', marker: name, deal: number, sha256: createHash('sha256').update(bytes).digest('hex') }, true);
    }

    async withdraw(number) {
        const page = await this.get(`/partner/deals/DR-${number}/withdraw`), form = formOf(page.text, '/withdraw');
        if (form)
            await this.post(`/partner/deals/DR-${number}/withdraw`, Object.entries(hiddenOf(form)),
                { what: 'withdraw', marker: `withdraw ${number}`, deal: number });
    }

    // A registration that came back goes out again with the answer in it.
    async answer(number) {
        const page = await this.get(`/partner/deals/DR-${number}/edit`), form = formOf(page.text, '/edit');
        if (!form || !form.includes('value="submit"'))
            return;
        const said = this.marker(), fields = [...Object.entries(hiddenOf(form)).filter(([name]) => name !== 'do'), ['do', 'submit'], ['done_so_far', said]];
        for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
            const name = /name="([^"]*)"/.exec(input)?.[1], value = /value="([^"]*)"/.exec(input)?.[1];
            if (name && value !== undefined && /type="(?:text|email|date|url|tel)"|^(?!.*type=)/.test(input) && !fields.some(([one]) => one === name && one !== 'quantity' && one !== 'value'))
                fields.push([name, value]);
        }
        for (const [, attributes, options] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
            const chosen = /<option[^>]*value="([^"]*)"[^>]*selected/.exec(options)?.[1] ?? /<option[^>]*selected[^>]*value="([^"]*)"/.exec(options)?.[1];
            if (chosen !== undefined)
                fields.push([/name="([^"]*)"/.exec(attributes)[1], chosen]);
        }
        this.world.returned.delete(number);
        await this.post(`/partner/deals/DR-${number}/edit`, fields, { what: 'answer', marker: said, deal: number }, true);
    }
}

// -- a reviewer ---------------------------------------------------------------------------------------

const REASONS = { return: 'project_unclear', reject: 'no_project' };

export class Reviewer extends Client {
    step() {
        const board = this.world.board;
        return board.length === 0 ? wait(100) : this.decide(this.pick(board.slice(-20)));
    }

    async decide(number) {
        const path = `/staff/deals/DR-${number}`, page = await this.get(path);
        const match = formOf(page.text, '/match'), decide = formOf(page.text, '/decide');
        if (match)
            return this.mark(path, number, match);
        if (!decide)
            return undefined;
        const dice = this.random(), verb = dice < 0.5 ? 'approve' : dice < 0.75 ? 'return' : 'reject', text = this.marker();
        const answer = await this.post(`${path}/decide`, [...Object.entries(hiddenOf(decide)), ['verb', verb], ['reason', REASONS[verb] ?? ''],
            ['text', text], ['staff_note', text]], { what: verb, marker: text, deal: number });
        if (verb === 'return' && answer?.status === 303)
            this.world.returned.add(number);
        return answer;
    }

    mark(path, number, form) {
        const hidden = hiddenOf(form);
        return this.post(`${path}/match`, [...Object.entries(hidden), ['mark', this.random() < 0.6 ? 'same' : 'different']],
            { what: 'mark', marker: `match ${number} ${hidden.party_id}`, deal: number, party: Number(hidden.party_id) });
    }
}

// -- a witness ----------------------------------------------------------------------------------------

// Keeps the heads of the log that were published.
export class Witness extends Client {
    async run() {
        while (!this.world.over) {
            const { status, text } = await this.get('/verify/log/checkpoint');
            const [origin, size, root] = text.split('\n');
            if (status === 200)
                this.world.heads.set(Number(size), { origin, root });
            await wait(500);
        }
    }
}
