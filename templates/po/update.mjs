// Messages for translators:
//
//     node templates/po/update.mjs          collects all messages into fairway.pot and brings zh_CN.po up to date
//     node templates/po/update.mjs --check  says what is missing, unused or wrong, and changes nothing
//
// Messages stand in templates as {{Text}} and in C as tr(), trf(), trn(), N_() and in the tables *.def.
// The pattern pages (templates/guide) are for people who build pages and stay English.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const check = process.argv[2] === '--check';
const work = mkdtempSync(join(tmpdir(), 'fairway-po-'));
process.on('exit', () => rmSync(work, { recursive: true }));

// Function or macro and the places of its messages.
const keywords = ['tr:2', 'trf:2', 'trn:2,3', 'lang_tr:2', 'lang_trn:2,3', 'N_:1', 'LANG_N:1', 'NOTE:3',
    'PERM:5', 'PARAMETER:5'];
// Of a keyword that is named twice xgettext takes one place alone: a parameter's unit is found above, what it does here.
const explained = ['PARAMETER:8'];
const header = `msgid ""
msgstr ""
"Project-Id-Version: Fairway\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
`;

function filesBelow(folder, extensions) {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory())
            return filesBelow(path, extensions);
        return extensions.some((extension) => entry.name.endsWith(extension)) ? [path] : [];
    }).sort();
}

function run(program, ...args) {
    return execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const quoted = (text) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

// As cgi/view/message.c reads them: comments left out, runs of blanks made one space, values after |.
function templateMessages(path) {
    const text = readFileSync(join(root, path), 'utf8').replace(/<\?cs\s*#[^]*?\?>/g, '');
    return [...text.matchAll(/{{([^]*?)}}/g)]
        .map(([, inner]) => inner.replace(/\s+/g, ' ').trim())
        .filter((inner) => !inner.startsWith('asset:'))
        .map((inner) => {
            const [id, ...values] = inner.split('|');
            const flag = values.length > 0 ? 'c-format' : 'no-c-format';
            return `#: ${path}\n${id.includes('%') ? `#, ${flag}\n` : ''}msgid ${quoted(id)}\nmsgstr ""\n`;
        });
}

function collect() {
    const fromTemplates = join(work, 'templates.pot');
    const fromC = join(work, 'c.pot'), fromTables = join(work, 'tables.pot');
    const sources = filesBelow('cgi', ['.c', '.h', '.def']);
    const templates = filesBelow('templates', ['.cs'])
        .filter((path) => !path.startsWith(join('templates', 'guide')));

    writeFileSync(fromTemplates, [header, ...templates.flatMap(templateMessages)].join('\n'));
    run('msguniq', '-o', fromTemplates, fromTemplates);
    for (const [file, words] of [[fromC, keywords], [fromTables, explained]])
        run('xgettext', '--language=C', '--from-code=UTF-8', '--add-location=file', '--no-wrap', '-k',
            ...words.map((keyword) => `-k${keyword}`), '--package-name=Fairway', '-o', file, ...sources);
    const pot = run('msgcat', '--use-first', '--no-wrap', '--add-location=file', '--sort-output',
        fromTemplates, fromC, fromTables);
    return pot.replace(/^"POT-Creation-Date:.*\n/m, '');
}

function merged(pot) {
    const potFile = join(work, 'fairway.pot');
    writeFileSync(potFile, pot);
    const po = run('msgmerge', '--quiet', '--no-fuzzy-matching', '--no-wrap', '--add-location=file',
        '--sort-output', join(here, 'zh_CN.po'), potFile);
    const file = join(work, 'merged.po');
    writeFileSync(file, po.replace(/^"POT-Creation-Date:.*\n/m, ''));
    return run('msgattrib', '--no-obsolete', '--no-wrap', '--sort-output', file)
        .replace(/^"POT-Creation-Date:.*\n/m, '');
}

function messageIds(po, ...choice) {
    const file = join(work, 'count.po');
    writeFileSync(file, po);
    const chosen = run('msgattrib', ...choice, '--no-wrap', file);
    return [...chosen.matchAll(/^msgid (".+")$/gm)].map(([, id]) => id).filter((id) => id !== '""');
}

const pot = collect();
const po = merged(pot);
const missing = messageIds(po, '--untranslated', '--no-obsolete');
const fuzzy = messageIds(po, '--only-fuzzy', '--no-obsolete');

if (!check) {
    writeFileSync(join(here, 'fairway.pot'), pot);
    writeFileSync(join(here, 'zh_CN.po'), po);
    console.log(`${messageIds(pot).length} messages, ${missing.length} to translate`);
} else {
    const faults = [
        ...missing.map((id) => `not translated: ${id}`),
        ...fuzzy.map((id) => `to be looked at: ${id}`),
    ];
    const file = join(work, 'merged.po');
    writeFileSync(file, po);
    try {
        run('msgfmt', '--check', '-o', '/dev/null', file);
    } catch (error) {
        faults.push(error.stderr.trim());
    }
    faults.forEach((fault) => console.error(fault));
    process.exit(faults.length > 0 ? 1 : 0);
}
