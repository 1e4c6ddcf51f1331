// Walks over all pages that links lead to, as one person: each is looked at once, then once of each kind
// in other languages, themes and widths.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, faultsOf, open, openAs, rulesOfLook, url } from './portal.mjs';

const PAGES_MAX = 150;
const OF_A_KIND = 1; // pages that differ in the record alone
const allLooks = [
    { lang: 'zh-CN', theme: 'dark', width: 1440 },
    { lang: 'en', theme: 'light', width: 390 },
    { lang: 'zh-CN', theme: 'light', width: 390 },
];

// Which pages are of one kind: numbers of records, views and keys of paging do not make another.
function kindOf(address) {
    const { pathname, searchParams } = new URL(address, url);
    const path = pathname.replace(/\/(?:[A-Z]{2}-)?\d+(?=\/|$)/g, '/#')
        .replace(/(\/audit\/\w+-)\d+$/, '$1#').replace(/(\/parameters\/).+$/, '$1#');
    return [path, ...new Set(searchParams.keys())].join(' ');
}

async function linksOf(page) {
    const found = await page.$$eval('a[href]:not([download])', // also those of a chart, whose href is no text
        (links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).href));
    return found.map((href) => new URL(href))
        .filter((href) => href.origin === url && !href.searchParams.has('lang') &&
            !/^\/static\/|\.(?:csv|xlsx)$|\/files?(?:\/|$)/.test(href.pathname))
        .map((href) => href.pathname + href.search);
}

async function lookAt(page, address, faults, rules) {
    const answer = await page.goto(address);
    const here = `${address}: `;
    if (answer.status() >= 400)
        faults.push(`${here}status ${answer.status()}`);
    faults.push(...(await faultsOf(page, rules)).map((fault) => here + fault));
}

async function crawl(page, start, faults) {
    const seen = new Map(), queue = [...start], queued = new Set(start), visited = [];
    for (let address; visited.length < PAGES_MAX && (address = queue.shift());) {
        const kind = kindOf(address), times = seen.get(kind) ?? 0;
        if (times >= OF_A_KIND)
            continue;
        seen.set(kind, times + 1);
        await lookAt(page, address, faults);
        visited.push(address);
        for (const next of await linksOf(page))
            if (!queued.has(next)) {
                queued.add(next);
                queue.push(next);
            }
    }
    return visited;
}

const firstOfEachKind = (addresses) =>
    [...new Map([...addresses].reverse().map((address) => [kindOf(address), address])).values()];

/** Adds the tests of the pages that EMAIL (null: a guest) comes to from START; LEAST is how many there must
 *  be at least, so that a walk that leads nowhere is found; LOOKS in which the pages are shown again. */
export function walk(name, email, start, least, looks = allLooks) {
    const openPage = (look) => email === null ? open(start[0], look) : openAs(email, start[0], look);
    let visited = [];

    test(`${name}: every page is accessible and complains of nothing`, async () => {
        const faults = [], page = await openPage({});
        visited = await crawl(page, start, faults);
        assert.deepEqual(faults, []);
        assert.ok(visited.length >= least, `only ${visited.length} pages: ${visited.join(' ')}`);
        await close(page);
    });

    for (const look of looks)
        test(`${name}: nor in ${look.lang}, ${look.theme}, ${look.width} px`, async () => {
            const faults = [], page = await openPage(look);
            await page.goto(`${start[0]}?lang=${look.lang.slice(0, 2)}`);
            for (const address of firstOfEachKind(visited))
                await lookAt(page, address, faults, rulesOfLook);
            assert.equal(await page.locator('html').getAttribute('lang'), look.lang);
            assert.deepEqual(faults, []);
            await close(page);
        });
}
