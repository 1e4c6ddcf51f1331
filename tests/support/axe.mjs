// axe-core in a page: what everybody can perceive and use, as far as a program can tell.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './portal.mjs';

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

export const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What passes is not listed, and style sheets are not fetched once more, which no rule that is asked needs.
// So it takes a third of the time.
const options = { resultTypes: ['violations'], preload: false };

/** What is wrong with a page: the id of each broken rule and where; [] when nothing is. */
export async function violationsOf(page, rules = allRules) {
    // Through the debugger, where the page's policy does not reach.
    await page.evaluate(axe);
    return page.evaluate(async (asked) => {
        const { violations } = await globalThis.axe.run(document, asked);
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ').slice(0, 400)}`);
    }, { ...options, runOnly: rules });
}
