// Many who log in at once: each gets an answer, and pages do not wait behind them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieLines } from '../support/portal.mjs';
import { url } from './portal.mjs';

const LOG_INS = 30;
const PAGES = 10;

// The cookie and the hidden fields of a form that was not sent yet.
async function formOfLogIn() {
    const page = await fetch(`${url}/login`);
    const hidden = [...(await page.text()).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    return { cookie: cookieLines(page.headers).map((one) => one.split(';')[0]).join('; '),
        fields: Object.fromEntries(hidden.map(([, name, value]) => [name, value])) };
}

function send({ cookie, fields }, email) {
    const body = new URLSearchParams({ ...fields, email, password: 'not-my-password-9' });
    return fetch(`${url}/login`, { method: 'POST', body, headers: { cookie, origin: url }, redirect: 'manual' });
}

test('pages are answered while thirty log-ins wait for their turn', async () => {
    const forms = [];
    let answered = 0;

    for (let i = 0; i < LOG_INS; i++)
        forms.push(await formOfLogIn());
    const logIns = forms.map(async (form, i) => {
        const answer = await send(form, `nobody-${i}@lakeshore-tech.example`);
        answered++;
        return answer.status;
    });
    for (let i = 0; i < PAGES; i++)
        assert.equal((await fetch(`${url}/login`)).status, 200);
    // Behind a queue of log-ins the first page alone would have seen nearly all of them answered.
    assert.ok(answered < LOG_INS / 2, `${answered} log-ins were answered before ${PAGES} pages`);
    // Nobody is sent away: wrong passwords, each said to be wrong.
    assert.deepEqual(await Promise.all(logIns), Array(LOG_INS).fill(422));
});
