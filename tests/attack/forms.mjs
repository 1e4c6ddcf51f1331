// The forms that a person is shown, found by walking over his pages: one for each address that takes a form.

const PAGES_MOST = 400, EACH_MOST = 4;

const ENTITIES = { '&#39;': "'", '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const plain = (text) => text.replace(/&(?:#39|quot|lt|gt|amp);/g, (mark) => ENTITIES[mark]);
const attribute = (tag, name) => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

// The route that PATH belongs to; what stands in it by name comes before what stands there by any.
export function routeOf(routes, method, path, audiences) {
    const parts = path.split('/'), fits = (route) => {
        const own = route.path.split('/');
        return own.length === parts.length && own.every((part, i) => part === parts[i] || (part.startsWith(':') && parts[i] !== ''));
    };
    return routes.filter((route) => route.method === method && audiences.includes(route.audience) && fits(route))
        .sort((a, b) => (a.path.match(/:/g) ?? []).length - (b.path.match(/:/g) ?? []).length)[0];
}

// [name, value, kind] of each field as a browser would send it.
function fieldsOf(form) {
    const fields = [];
    for (const [whole, tag] of form.matchAll(/<(input|select|textarea)\b[^>]*>(?:[^<]*<\/textarea>|(?:<option[^>]*>[^<]*<\/option>|\s)*<\/select>)?/g)) {
        const name = attribute(whole, 'name'), type = tag === 'input' ? attribute(whole, 'type') || 'text' : tag;
        if (name === '' || ['file', 'submit'].includes(type))
            continue;
        if (['radio', 'checkbox'].includes(type) && !/\schecked/.test(whole) && (fields.some(([other]) => other === name) || new RegExp(`name="${name}"[^>]*\\schecked`).test(form)))
            continue;
        const options = [...whole.matchAll(/<option[^>]*>/g)].map(([option]) => option);
        const value = tag === 'textarea' ? plain(/>([^<]*)<\/textarea>/.exec(whole)?.[1] ?? '')
            : tag === 'select' ? attribute(options.find((one) => /\sselected/.test(one)) ?? options.at(-1) ?? '', 'value') : attribute(whole, 'value');
        fields.push([name, value, type]);
    }
    const button = /<button[^>]*\sname="([^"]+)"\s+value="([^"]*)"/.exec(form);
    if (button)
        fields.push([button[1], plain(button[2]), 'button']);
    return fields;
}

// { route, page, action, fields }, one a route, of the pages that START and their links lead to.
export async function formsOf(person, routes, start) {
    const audiences = ['public', 'signed-in', person.row?.audience].filter(Boolean), found = new Map(), visits = new Map(), waiting = [...start], seen = new Set(waiting);
    for (let page = waiting.shift(); page && seen.size < PAGES_MOST * 4 && visits.size < PAGES_MOST; page = waiting.shift()) {
        const own = routeOf(routes, 'GET', page.split('?')[0], audiences), times = visits.get(own?.name) ?? 0;
        if (!own || times >= EACH_MOST)
            continue;
        visits.set(own.name, times + 1);
        const { status, text } = await person.get(page);
        if (status !== 200)
            continue;
        for (const [form] of text.matchAll(/<form\b[\s\S]*?<\/form>/g)) {
            const action = attribute(form, 'action') || page.split('?')[0], route = routeOf(routes, 'POST', action, audiences);
            if (/method="post"/i.test(form) && route && !found.has(route.name))
                found.set(route.name, { route, page, action, fields: fieldsOf(form) });
        }
        for (const [, to] of text.matchAll(/\shref="(\/[^"#]*)/g))
            if (!seen.has(plain(to))) {
                seen.add(plain(to));
                waiting.push(plain(to));
            }
    }
    return [...found.values()];
}
