// An import of IMPORT_ROWS companies (100000) among those of a portal: judged, compared with what is there,
// written, and taken back; and the memory that it needs.  A portal of SCALES accounts is loaded once and kept.

import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, demand, figure, finish, sample, settings, timed } from './measure.mjs';
import { BenchPortal, sizes } from './portal.mjs';

const rows = Number(process.env.IMPORT_ROWS ?? 100000);
const demandedSeconds = (scale) => (scale > 100000 ? 300 : 120) * rows / 100000;
const demandedMb = 64; // beside the file itself, which is mapped

// -- companies that nobody has: a brand of syllables or rare characters, and words that many share ---------------

const chosen = (list, number) => list[number % list.length];
const latin = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ki', 'lo', 'mu', 'ne', 'pi', 'ro', 'su', 'ta', 've', 'zo'];
const nouns = ['Alder', 'Birch', 'Cedar', 'Dune', 'Fjord', 'Grove', 'Linden', 'Onyx', 'Quartz', 'River', 'Stone', 'Vale'];
const trades = ['Logistics', 'Systems', 'Medical', 'Energy', 'Foods', 'Textiles', 'Robotics', 'Optics', 'Plastics', 'Tools'];
const towns = ['上海', '苏州', '杭州', '北京', '青岛', '深圳', '成都', '南京', '武汉', '西安'];
const chinese = ['科技', '物流', '医疗', '能源', '食品', '纺织', '机械', '光电', '塑料', '化工'];

function latinBrand(n) {
    let text = '';
    for (let left = n, i = 0; i < 4; i++, left = Math.floor(left / latin.length))
        text += chosen(latin, left + 5 * i);
    return text[0].toUpperCase() + text.slice(1);
}

function company(n) {
    const mixed = (n * 2654435761) >>> 0, tax = n % 4 === 0 ? `T${10000000 + n}` : '';
    const site = n % 2 === 0 ? `www.import-${n}.example` : '';
    if (n % 3 === 0)
        return [`${chosen(towns, mixed)}${String.fromCodePoint(0x4e00 + mixed % 6000, 0x4e00 + (mixed >>> 8) % 6000)}${chosen(chinese, mixed >>> 4)}有限公司`,
            'CN', chosen(towns, mixed), site, tax];
    return [`${latinBrand(mixed % 65536)} ${chosen(nouns, mixed >>> 16)} ${chosen(trades, mixed >>> 20)} ${chosen(['Ltd', 'GmbH', 'Inc.'], n)}`,
        chosen(['GB', 'DE', 'US'], n), 'Leeds', site, tax];
}

async function writeFile(path) {
    const out = createWriteStream(path);
    out.write('name,country,city,website,tax_number,address\n');
    for (let n = 0; n < rows; n++)
        if (!out.write(`${[...company(n), `${n} Main Road`].join(',')}\n`))
            await once(out, 'drain');
    out.end();
    await once(out, 'finish');
}

// -- what it takes ------------------------------------------------------------------------------------------

const ctl = (portal, ...args) => timed('bash', ['-c', '"$@"; status=$?; exit "$status"', 'bash', join(build, 'bin', 'fairwayctl'), ...args],
    { env: { ...process.env, ...portal.programEnvironment('owner') } });

async function step(portal, name, ...args) {
    const { seconds, foreign, us } = await sample(() => portal.allGroups(), async () => {
        const began = Date.now(), { clients } = await ctl(portal, ...args);
        return { clients, count: rows, seconds: (Date.now() - began) / 1000 };
    });
    const busy = foreign > settings.foreignMost;
    figure(`${name}, ${rows} rows`, seconds, 's', { foreign, busy, us: { mariadbd: us.mariadbd, fairwayctl: us.clients } });
    figure(`${name}: core seconds of both`, (us.mariadbd + us.clients) * rows / 1e6, 's');
    return { seconds, busy };
}

// The most that it holds while it works, its mapped file left out.
async function memory(portal, path) {
    const { stdout } = await timed('bash', ['-c',
        '"$@" >/dev/null 2>&1 & pid=$!; most=0; while kill -0 "$pid" 2>/dev/null; do '
        + 'now=$(sed -n "s/^RssAnon:[[:space:]]*\\([0-9]*\\).*/\\1/p" "/proc/$pid/status" 2>/dev/null || true); '
        + '[[ ${now:-0} -gt $most ]] && most=$now; sleep 0.2; done; echo "$most"',
        'bash', join(build, 'bin', 'fairwayctl'), 'import', 'accounts', '--dry-run', path],
        { env: { ...process.env, ...portal.programEnvironment('owner') } });
    return Number(stdout) / 1024;
}

async function tell(portal, scale) {
    const path = join(portal.folder, 'tmp', 'import.csv');
    await writeFile(path);
    const written = await step(portal, `import among ${scale}`, 'import', 'accounts', '--good-rows-only', path);
    demand(`import among ${scale}`, `${written.seconds.toFixed(0)} s, <= ${demandedSeconds(scale)} s`,
        written.seconds <= demandedSeconds(scale), written.busy);
    const [[id]] = portal.sql('SELECT MAX(id) FROM transfer');
    await step(portal, `taken back among ${scale}`, 'import', 'undo', `IM-${id}`);
    const mb = await memory(portal, path);
    figure(`memory of an import of ${rows} rows`, mb, 'MB');
    demand('memory', `${mb.toFixed(0)} MB, <= ${demandedMb} MB`, mb > 0 && mb <= demandedMb);
    rmSync(path);
}

mkdirSync(join(build, 'bench'), { recursive: true });
for (const scale of sizes()) {
    const portal = new BenchPortal(scale, 2);
    portal.start();
    try {
        await tell(portal, scale);
    } finally {
        portal.stop();
    }
}
finish('import');
