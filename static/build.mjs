// Builds the assets:  node static/build.mjs OUTDIR
//
// OUTDIR gets every file under a name with the hash of its content, so that browsers may keep it for
// ever, each with a .gz beside it for nginx's gzip_static; manifest.txt says which name stands for
// which file; 503.html is what nginx shows when no program answers, 413.html when a body is too large.
//
// Of Tabler's style sheet only the rules stay whose classes stand in a template, a program or a script;
// of its icons only those that are named there.  A name that is no icon of Tabler's is found by
// tests/tables/test_templates.c.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = process.argv[2];

if (!out) {
    console.error('usage: node static/build.mjs OUTDIR');
    process.exit(2);
}

// The cascade: later files win.
const styleSheets = ['token', 'type', 'shell', 'page', 'table', 'form', 'status', 'record', 'chart',
    'prose', 'public', 'tool', 'phone', 'print'];
// Rooms that name neither classes nor icons.
const pages = ['413.html', '503.html'];
const plainRooms = ['base', 'db', 'crypt', 'text', 'access', 'job'];

const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const modulePath = (...path) => join('node_modules', ...path);

function filesBelow(folder, extension) {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory())
            return filesBelow(path, extension);
        return entry.name.endsWith(extension) ? [path] : [];
    });
}

function sources() {
    const rooms = readdirSync(join(root, 'cgi'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !plainRooms.includes(entry.name));
    return [
        ...filesBelow('templates', '.cs'),
        ...rooms.flatMap((room) => filesBelow(join('cgi', room.name), '.c')),
        ...rooms.flatMap((room) => filesBelow(join('cgi', room.name), '.def')),
        ...rooms.flatMap((room) => filesBelow(join('cgi', room.name), '.h')),
        ...pages.map((page) => join('static', page)),
    ].map((path) => read(path));
}

// -- style sheet --

function minified(css) {
    const tree = postcss.parse(css);
    tree.walkComments((comment) => {
        if (!comment.text.startsWith('!'))
            comment.remove();
    });
    const squeeze = (text) => text.replace(/\s*\n\s*/g, '').replace(/\s*,\s*/g, ',');
    tree.walk((node) => {
        node.raws.before = '';
        node.raws.between = node.type === 'decl' ? ':' : '';
        node.raws.after = '';
        node.raws.semicolon = false;
        if (node.type === 'rule')
            node.selector = squeeze(node.selector).replace(/\s*>\s*/g, '>');
        if (node.type === 'decl' && node.important)
            node.raws.important = '!important';
        if (node.type === 'atrule')
            node.raws.afterName = node.params ? ' ' : '';
    });
    tree.raws.after = '';
    return tree.toString();
}

async function styleSheet(texts) {
    const tabler = read(modulePath('@tabler', 'core', 'dist', 'css', 'tabler.min.css'));
    const [used] = await new PurgeCSS().purge({
        content: texts.map((raw) => ({ raw, extension: 'txt' })),
        css: [{ raw: tabler }],
        defaultExtractor: (text) => text.match(/[A-Za-z][\w-]*/g) ?? [],
        dynamicAttributes: ['data-bs-theme', 'type', 'disabled', 'checked', 'aria-invalid', 'multiple'],
        variables: true,
        keyframes: true,
        fontFace: true,
    });
    // Addresses of source maps would be asked for and missed.
    const own = styleSheets.map((name) => read('static', 'css', `${name}.css`)).join('\n');
    return minified(used.css.replace(/\/\*# sourceMappingURL.*?\*\//g, '')) + minified(own);
}

// -- icons --

function sprite(texts) {
    const folder = modulePath('@tabler', 'icons', 'icons', 'outline');
    const known = new Set(readdirSync(join(root, folder)).map((name) => name.replace('.svg', '')));
    const named = new Set(texts.flatMap((text) => text.match(/(?<=")[a-z][a-z0-9-]*(?=")/g) ?? []));
    const symbols = [...named].filter((name) => known.has(name)).sort().map((name) => {
        const inner = read(folder, `${name}.svg`)
            .replace(/<!--.*?-->/s, '')
            .replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, '')
            .replace(/\s*\n\s*/g, '')
            .replace(/ \/>/g, '/>');
        return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

// -- output --

const manifest = new Map();

function write(name, content) {
    const data = Buffer.from(content);
    writeFileSync(join(out, name), data);
    writeFileSync(join(out, `${name}.gz`), gzipSync(data, { level: 9 }));
}

function writeHashed(name, content) {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const extension = extname(name);
    const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
    write(hashed, content);
    manifest.set(name, `/static/${hashed}`);
}

mkdirSync(out, { recursive: true });
const texts = sources();
writeHashed('fairway.css', await styleSheet(texts));
writeHashed('icons.svg', sprite(texts));
writeHashed('htmx.js', read(modulePath('htmx.org', 'dist', 'htmx.min.js')));
writeHashed('theme.js', read('static', 'js', 'theme.js'));
writeHashed('page.js', read('static', 'js', 'page.js'));
writeHashed('favicon.svg', read('static', 'img', 'favicon.svg'));
for (const page of pages)
    write(page, read('static', page).replace(/{{asset:([\w.]+)}}/g, (whole, name) => {
        if (!manifest.has(name))
            throw new Error(`static/${page}: no such asset: ${name}`);
        return manifest.get(name);
    }));
writeFileSync(join(out, 'manifest.txt'),
    [...manifest].map(([name, address]) => `${name} ${address}\n`).join(''));
