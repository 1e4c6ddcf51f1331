// What must hold after all the killing, asked of the database in statements of its own, of the clients' notes, of
// the mail server, and computed anew: not by the portal's code, but for `fairwayctl audit verify`.

import { createHash, createPublicKey, verify } from 'node:crypto';

const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

// -- notes against rows -------------------------------------------------------------------------------

// How often a marker stands in the database, by what was done.
const ROWS = {
    register: (name) => `SELECT project_name, COUNT(*), MIN(id) FROM deal WHERE project_name LIKE '${name}-%' AND state <> 'draft' GROUP BY 1`,
    draft: (name) => `SELECT project_name, COUNT(*), MIN(id) FROM deal WHERE project_name LIKE '${name}-%' AND state = 'draft' GROUP BY 1`,
    comment: (name) => `SELECT body, COUNT(*), MIN(object_id) FROM comment WHERE body LIKE '${name}-%' GROUP BY 1`,
    upload: (name) => `SELECT f.name, COUNT(*), MIN(a.object_id) FROM attachment a JOIN file f ON f.id = a.file_id
        WHERE f.name LIKE '${name}-%' AND f.complete = 1 GROUP BY 1`,
    decision: (name) => `SELECT reason_text, COUNT(*), MIN(deal_id) FROM deal_step WHERE reason_text LIKE '${name}-%' GROUP BY 1`,
    withdraw: () => `SELECT CONCAT('withdraw ', deal_id), COUNT(*), MIN(deal_id) FROM deal_step WHERE action = 'deal.withdraw' GROUP BY 1`,
    mark: () => `SELECT CONCAT('match ', deal_id, ' ', party_id), COUNT(*), MIN(deal_id) FROM deal_match WHERE resolution IS NOT NULL GROUP BY 1`,
    answer: (name) => `SELECT CAST(done_so_far AS CHAR), 1, id FROM deal WHERE done_so_far LIKE '${name}-%'`,
};
const GROUPS = { approve: 'decision', return: 'decision', reject: 'decision' };

function checkNotes(world, what) {
    const notes = world.notes.filter((note) => (GROUPS[note.what] ?? note.what) === what);
    const rows = new Map(world.portal.sql(ROWS[what](world.name)).map(([marker, count, deal]) => [marker, { count: Number(count), deal: Number(deal) }]));
    const faults = [], shared = what === 'withdraw' || what === 'mark', known = new Map();
    for (const note of notes)
        known.set(note.marker, [...(known.get(note.marker) ?? []), note.state]);
    for (const note of notes) {
        const { count, deal } = rows.get(note.marker) ?? { count: 0 };
        const told = `${note.marker} (${note.what}, ${note.state}, sent ${note.sent} times: ${note.answers})`;
        if (note.state === 'acknowledged' && count !== 1 && what !== 'answer')
            faults.push(`${count === 0 ? 'lost' : 'doubled'}: ${told}`);
        else if (note.state === 'acknowledged' && what !== 'answer' && note.deal !== undefined && note.deal !== deal)
            faults.push(`at another registration: ${told}`);
        else if (count > 1)
            faults.push(`doubled: ${told}`);
        else if (note.state === 'refused' && count !== 0 && !shared)
            faults.push(`refused and stored: ${told}`);
    }
    for (const marker of shared ? [] : rows.keys())
        if (!known.has(marker))
            faults.push(`stored and never sent: ${marker}`);
    const of = (state) => notes.filter((note) => note.state === state);
    return { what, acknowledged: of('acknowledged').length, refused: of('refused').length, unknown: of('unknown').length,
        stored: of('unknown').filter((note) => rows.has(note.marker)).length, again: notes.filter((note) => note.sent > 1).length, faults };
}

// Events that come more than once: between what was acknowledged and what was sent.  Two sessions of one log-in are
// no harm: a log-in that is run again makes a new one, and nobody has the other.
function checkCounts(world, what, rows) {
    const least = new Map(), most = new Map(), faults = [];
    for (const note of world.notes.filter((one) => one.what === what && one.state !== 'refused')) {
        const key = String(note.deal ?? note.marker);
        most.set(key, (most.get(key) ?? 0) + 1);
        if (note.state === 'acknowledged')
            least.set(key, (least.get(key) ?? 0) + 1);
    }
    for (const [key, count] of rows)
        if (what !== 'log in' && Number(count) > (most.get(key) ?? 0))
            faults.push(`${what} of ${key}: ${count} stored, ${most.get(key) ?? 0} sent`);
    const stored = new Map(rows);
    for (const [key, count] of least)
        if (Number(stored.get(key) ?? 0) < count)
            faults.push(`${what} of ${key}: ${stored.get(key) ?? 0} stored, ${count} acknowledged`);
    return faults;
}

// -- rows among each other ----------------------------------------------------------------------------

const HOLDS = "(d.state IN ('approved', 'converted') OR (d.state = 'won' AND d.protected_until_at > UTC_TIMESTAMP(6)))";
const RECEIPTS = { 'deal.submit': 'submitted', 'deal.answer': 'answered', 'deal.approve': 'approved', 'deal.reject': 'rejected' };

// Each gives no row when all is well; what it gives is a fault.
const INVARIANTS = {
    'one step of a registration is open': 'SELECT deal_id, COUNT(*) FROM deal_step GROUP BY 1 HAVING SUM(until_at IS NULL) <> 1',
    'a step began when its audit event happened': `SELECT s.deal_id, s.seq FROM deal_step s LEFT JOIN audit_event e ON e.kind = 'deal'
        AND e.object_id = s.deal_id AND e.action = s.action AND e.at = s.from_at WHERE s.deal_id IN
        (SELECT id FROM deal WHERE project_name LIKE '@NAME@-%') AND e.id IS NULL`,
    'its state is that of its last step': `SELECT d.id, d.state, s.state FROM deal d JOIN deal_step s ON s.deal_id = d.id
        AND s.until_at IS NULL WHERE s.state <> d.state`,
    'a step ends where the next begins': `SELECT deal_id, seq FROM (SELECT deal_id, seq, until_at, LEAD(from_at) OVER
        (PARTITION BY deal_id ORDER BY seq) AS next_at FROM deal_step) x WHERE NOT until_at <=> next_at`,
    'each step has its audit event, and no event is without': `SELECT deal_id, action, SUM(n) FROM (
        SELECT deal_id, action, 1 AS n FROM deal_step UNION ALL SELECT object_id, action, -1 FROM audit_event
        WHERE kind = 'deal' AND action IN (SELECT action FROM deal_step)) x GROUP BY 1, 2 HAVING SUM(n) <> 0`,
    'each submission and decision has one receipt': `SELECT deal_id, event, SUM(n) FROM (
        SELECT deal_id, ELT(FIELD(action, ${Object.keys(RECEIPTS).map((a) => `'${a}'`)}), ${Object.values(RECEIPTS).map((e) => `'${e}'`)}) AS event,
        1 AS n FROM deal_step WHERE action IN (${Object.keys(RECEIPTS).map((a) => `'${a}'`)})
        UNION ALL SELECT deal_id, event, -1 FROM receipt WHERE event IN (${Object.values(RECEIPTS).map((e) => `'${e}'`)})) x
        GROUP BY 1, 2 HAVING SUM(n) <> 0`,
    'a decision and its note came together': `SELECT reason_text FROM deal_step WHERE reason_text LIKE '@NAME@-%' AND reason_text NOT IN
        (SELECT body FROM staff_note) UNION ALL SELECT body FROM staff_note WHERE body LIKE '@NAME@-%' GROUP BY body
        HAVING COUNT(*) <> 1 OR body NOT IN (SELECT reason_text FROM deal_step)`,
    'a registration has all its lines and their sum': `SELECT d.id FROM deal d LEFT JOIN deal_line l ON l.deal_id = d.id
        WHERE d.project_name LIKE '@NAME@-%' GROUP BY d.id, d.total HAVING COUNT(l.id) = 0 OR SUM(l.value) <> d.total`,
    'ranks are given once, and the counter knows the last': `SELECT rank_no, COUNT(*) FROM deal WHERE rank_no IS NOT NULL GROUP BY 1
        HAVING COUNT(*) > 1 UNION ALL SELECT value, 0 FROM counter WHERE name = 'deal.rank' AND value <> (SELECT MAX(rank_no) FROM deal)`,
    'what was submitted has a rank': "SELECT id FROM deal WHERE submitted_at IS NOT NULL AND rank_no IS NULL",
    'a rank is no hole': "SELECT MAX(rank_no), COUNT(*) FROM deal WHERE rank_no IS NOT NULL HAVING MAX(rank_no) <> COUNT(*)",
    'who is protected holds each of his lines': `SELECT d.id, l.product_line_id FROM deal d JOIN deal_line l ON l.deal_id = d.id
        JOIN account e ON e.id = d.end_customer_id LEFT JOIN claim c ON c.deal_id = d.id AND c.product_line_id = l.product_line_id
        AND c.group_id = e.group_id WHERE l.lost_at IS NULL AND ${HOLDS} AND c.id IS NULL`,
    'who holds a line is protected': `SELECT c.id FROM claim c LEFT JOIN deal d ON d.id = c.deal_id AND ${HOLDS}
        LEFT JOIN deal_line l ON l.deal_id = c.deal_id AND l.product_line_id = c.product_line_id AND l.lost_at IS NULL
        WHERE d.id IS NULL OR l.id IS NULL`,
    'a line is held once': 'SELECT group_id, product_line_id FROM claim GROUP BY 1, 2 HAVING COUNT(*) > 1',
    'what was taken and not freed is held': `SELECT deal_id, product_line_id, SUM(n) FROM (
        SELECT deal_id, product_line_id, IF(event = 'taken', 1, -1) AS n FROM claim_event WHERE event IN ('taken', 'freed')
        UNION ALL SELECT deal_id, product_line_id, -1 FROM claim) x WHERE deal_id IN (SELECT id FROM deal WHERE project_name LIKE '@NAME@-%')
        GROUP BY 1, 2 HAVING SUM(n) <> 0`,
    'the matching knows which lines are spoken for': `SELECT x.party, x.line, x.live, m.live FROM (
        SELECT d.end_customer_id AS party, l.product_line_id AS line, MAX(CASE WHEN l.lost_at IS NOT NULL THEN 0 WHEN ${HOLDS} THEN 2
        WHEN d.state IN ('submitted', 'review', 'returned') THEN 1 ELSE 0 END) AS live FROM deal d JOIN deal_line l ON l.deal_id = d.id
        WHERE d.end_customer_id IS NOT NULL AND d.project_name LIKE '@NAME@-%' GROUP BY 1, 2) x
        LEFT JOIN match_line m ON m.party_id = x.party AND m.product_line_id = x.line WHERE NOT m.live <=> x.live`,
    'a group is joined only by equal marks': `SELECT m.deal_id, m.party_id FROM deal_match m JOIN deal d ON d.id = m.deal_id
        JOIN account e ON e.id = d.end_customer_id JOIN account p ON p.id = m.party_id WHERE m.resolution = 'same' AND e.group_id <> p.group_id`,
    'unread notifications are counted': `SELECT u.id, u.counter_notifications, COUNT(n.id) FROM user u LEFT JOIN notification n
        ON n.user_id = u.id AND n.read_at IS NULL GROUP BY 1, 2 HAVING u.counter_notifications <> COUNT(n.id)`,
    'sessions know the same count': `SELECT s.id FROM session s JOIN user u ON u.id = s.user_id WHERE s.ended_at IS NULL
        AND s.expires_at > UTC_TIMESTAMP(6) AND s.counter_notifications <> u.counter_notifications`,
    'of each decision a person is told once': `SELECT n.user_id, n.object_id, n.event, COUNT(*) FROM notification n
        WHERE n.kind = 'deal' AND n.event IN ('deal.approved', 'deal.rejected', 'deal.returned') AND n.object_id IN
        (SELECT id FROM deal WHERE project_name LIKE '@NAME@-%') GROUP BY 1, 2, 3 HAVING COUNT(*) <> (SELECT COUNT(*) FROM deal_step s
        WHERE s.deal_id = n.object_id AND s.state = SUBSTRING(n.event, 6))`,
    'nobody is left untold': `SELECT s.deal_id, s.seq FROM deal_step s JOIN deal d ON d.id = s.deal_id
        WHERE d.project_name LIKE '@NAME@-%' AND s.action IN ('deal.approve', 'deal.reject', 'deal.return') AND NOT EXISTS
        (SELECT 1 FROM notification n WHERE n.kind = 'deal' AND n.object_id = s.deal_id AND n.user_id = d.created_by
        AND n.event = CONCAT('deal.', s.state))`,
    'no more mails than notifications': `SELECT o.user_id, o.object_id, COUNT(*) FROM outbox o WHERE o.kind = 'deal' GROUP BY 1, 2
        HAVING COUNT(*) > (SELECT COUNT(*) FROM notification n WHERE n.user_id = o.user_id AND n.kind = 'deal' AND n.object_id = o.object_id)`,
    'every mail has left': "SELECT id, state, tries, last_error FROM outbox WHERE state NOT IN ('sent', 'dropped')",
    'no job failed or was forgotten': `SELECT id, kind, state, last_error FROM job WHERE state NOT IN ('done', 'waiting', 'running')
        OR (state = 'waiting' AND due_at < UTC_TIMESTAMP(6) - INTERVAL 20 SECOND)
        OR (state = 'running' AND (lease_until IS NULL OR lease_until < UTC_TIMESTAMP(6)))`,
    'a file that hangs somewhere is complete': 'SELECT a.id FROM attachment a JOIN file f ON f.id = a.file_id WHERE f.complete = 0',
    'a complete file hangs somewhere': `SELECT f.id FROM file f LEFT JOIN attachment a ON a.file_id = f.id
        WHERE f.complete = 1 AND a.id IS NULL AND f.name LIKE '@NAME@-%'`,
    'a file has all its bytes': `SELECT f.id, f.name FROM file f JOIN file_chunk c ON c.file_id = f.id WHERE f.complete = 1
        GROUP BY f.id, f.name, f.size_bytes, f.sha256 HAVING SUM(LENGTH(c.data)) <> f.size_bytes OR MAX(c.part) - MIN(c.part) + 1 <> COUNT(*)
        OR UNHEX(SHA2(GROUP_CONCAT(c.data ORDER BY c.part SEPARATOR ''), 256)) <> f.sha256`,
    'audit events form chains': `SELECT id FROM (SELECT id, seq, prev_hash, LAG(seq) OVER w AS before_seq, LAG(hash) OVER w AS before_hash
        FROM audit_event WINDOW w AS (PARTITION BY kind, object_id ORDER BY seq)) x
        WHERE seq <> COALESCE(before_seq, 0) + 1 OR prev_hash <> COALESCE(before_hash, REPEAT(CHAR(0), 32))`,
    'every audit event is a leaf of the log': `SELECT e.id FROM audit_event e LEFT JOIN log_leaf l ON l.kind = 'audit' AND l.source_id = e.id
        WHERE l.leaf_index IS NULL UNION ALL SELECT source_id FROM log_leaf WHERE kind = 'audit' AND source_id NOT IN (SELECT id FROM audit_event)`,
    'every receipt is signed, and a leaf of the log': `SELECT r.id FROM receipt r LEFT JOIN log_leaf l ON l.kind = 'receipt' AND l.source_id = r.id
        WHERE r.note IS NULL OR l.leaf_index IS NULL OR NOT l.leaf_index <=> r.leaf_index`,
    'leaves are numbered without holes': `SELECT COUNT(*), MAX(leaf_index), (SELECT size FROM log_head) FROM log_leaf
        HAVING COUNT(*) <> MAX(leaf_index) + 1 OR COUNT(*) <> (SELECT size FROM log_head)`,
};

function checkInvariant(world, sentence) {
    const rows = world.portal.sql(`SET SESSION group_concat_max_len = 100000000; ${INVARIANTS[sentence].replaceAll('@NAME@', world.name)}`);
    return rows.length === 0 ? [] : [`${rows.length} times not so that ${sentence}: ${rows.slice(0, 3).map((cells) => cells.join(', ')).join('; ')}`];
}

// -- mails --------------------------------------------------------------------------------------------

// Message-IDs begin with the row's number.  Once is once; again only after a try whose end nobody knows.
function checkMails(world) {
    const rows = new Map(world.portal.sql('SELECT id, state, tries FROM outbox').map(([id, state, tries]) => [id, { state, tries: Number(tries) }]));
    const faults = [], taken = new Map();
    for (const [id, times] of world.mails.taken) {
        const row = rows.get(id.split('.')[0]);
        if (taken.has(id.split('.')[0]))
            faults.push(`mail ${id} has two Message-IDs`);
        taken.set(id.split('.')[0], times);
        if (row === undefined || times > row.tries)
            faults.push(`mail ${id} came ${times} times, and was sent ${row?.tries ?? 0} times`);
    }
    for (const [id, { state, tries }] of rows)
        if (state === 'sent' && tries > 0 && !taken.has(id) && Number(id) > world.lastMail)
            faults.push(`mail ${id} is sent and never came`);
    return { faults, sent: taken.size, again: [...taken.values()].filter((times) => times > 1).length };
}

// -- the log (RFC 6962) -------------------------------------------------------------------------------

function rootOf(leaves) {
    if (leaves.length === 1)
        return leaves[0];
    let half = 1;
    while (half * 2 < leaves.length)
        half *= 2;
    return hash(Buffer.from([1]), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

function signatureHolds(note, keys) {
    const [text, lines] = [note.slice(0, note.lastIndexOf('\n\n') + 1), note.slice(note.lastIndexOf('\n\n') + 2)];
    const [, name, blob] = /^\u2014 (\S+) (\S+)$/m.exec(lines), bytes = Buffer.from(blob, 'base64');
    const key = keys.get(bytes.readUInt32BE(0));
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key ?? Buffer.alloc(32)]);
    return key !== undefined && name === text.split('\n', 1)[0] &&
        verify(null, Buffer.from(text), createPublicKey({ key: der, format: 'der', type: 'spki' }), bytes.subarray(4));
}

function checkLog(world) {
    const sql = (text) => world.portal.sql(text), faults = [];
    const leaves = sql('SELECT HEX(leaf_hash) FROM log_leaf ORDER BY leaf_index').map(([hex]) => Buffer.from(hex, 'hex'));
    const keys = new Map(sql('SELECT key_id, HEX(public_key) FROM sign_key').map(([id, hex]) => [Number(id), Buffer.from(hex, 'hex')]));
    const heads = sql("SELECT size, HEX(root), TO_BASE64(note) FROM log_checkpoint");
    for (const [size, root, note] of heads) {
        if (rootOf(leaves.slice(0, Number(size))).toString('hex').toUpperCase() !== root)
            faults.push(`the head of ${size} leaves has another root`);
        if (!signatureHolds(Buffer.from(note.replaceAll('\\n', ''), 'base64').toString('utf8'), keys))
            faults.push(`the head of ${size} leaves is not signed`);
    }
    if (!heads.some(([size]) => Number(size) === leaves.length))
        faults.push('the whole log has no head');
    for (const [size, { root }] of world.heads)
        if (size > leaves.length || rootOf(leaves.slice(0, size)).toString('base64') !== root)
            faults.push(`the head of ${size} leaves that was published is none any more`);
    return { faults, leaves: leaves.length, heads: heads.length };
}

// -- all of it ----------------------------------------------------------------------------------------

// What people were told, against what is stored.
export function checkStored(world) {
    const rows = Object.keys(ROWS).map((what) => checkNotes(world, what));
    const faults = rows.flatMap((row) => row.faults);
    const answers = world.portal.sql(`SELECT deal_id, COUNT(*) FROM deal_step WHERE action = 'deal.answer' AND deal_id IN
        (SELECT id FROM deal WHERE project_name LIKE '${world.name}-%') GROUP BY 1`);
    const logins = world.portal.sql(`SELECT u.email, COUNT(*) FROM audit_event e JOIN user u ON u.id = e.user_id
        WHERE e.kind = 'user' AND e.action = 'login' AND e.id > ${world.lastEvent} GROUP BY 1`);
    faults.push(...checkCounts(world, 'answer', answers), ...checkCounts(world, 'log in', logins));
    const contents = new Map(world.portal.sql(`SELECT name, LOWER(HEX(sha256)) FROM file WHERE complete = 1 AND name LIKE '${world.name}-%'`));
    for (const note of world.notes.filter((one) => one.what === 'upload' && one.state === 'acknowledged'))
        if (contents.get(note.marker) !== note.sha256)
            faults.push(`another content: ${note.marker}`);
    return { rows, faults };
}

const sentences = Object.keys(INVARIANTS);

export const checkRows = (world) => sentences.flatMap((sentence) => checkInvariant(world, sentence));

export function checkAll(world) {
    const { rows, faults } = checkStored(world);
    if (world.answers.has(500))
        faults.push(`${world.answers.get(500)} times 500, which is a fault and no pause`);
    faults.push(...checkRows(world));
    const mails = checkMails(world), log = checkLog(world);
    faults.push(...mails.faults, ...log.faults);
    let audit = '';
    try {
        audit = world.portal.run('ctl', 'audit', 'verify').trim();
    } catch (fault) {
        faults.push(`fairwayctl audit verify: ${fault.message}`);
    }
    return { rows, faults, sentences: sentences.length, mails, log, audit };
}

// -- whether it would be seen -------------------------------------------------------------------------

const ONE = "(SELECT MIN(id) FROM deal WHERE project_name LIKE '@NAME@-%' AND rank_no IS NOT NULL)";

// Each is done in a transaction that ends with the look at it.
const DAMAGES = {
    'a comment is lost': "DELETE FROM comment WHERE body LIKE '@NAME@-%' ORDER BY id LIMIT 1",
    'a comment is doubled': `INSERT INTO comment (kind, object_id, user_id, user_name, audience, body, created_at)
        SELECT kind, object_id, user_id, user_name, audience, body, created_at FROM comment WHERE body LIKE '@NAME@-%' ORDER BY id LIMIT 1`,
    'half a decision is lost': "DELETE FROM staff_note WHERE body LIKE '@NAME@-%' ORDER BY id LIMIT 1",
    'a claim is lost': 'DELETE FROM claim ORDER BY id LIMIT 1',
    'a line is lost': `DELETE FROM deal_line WHERE deal_id = ${ONE} LIMIT 1`,
    'a rank is missing': `UPDATE deal SET rank_no = rank_no + 1000000 WHERE id = ${ONE}`,
    'a receipt is doubled': `INSERT INTO receipt (deal_id, account_id, event, statement, salt, made_at)
        SELECT deal_id, account_id, event, statement, salt, made_at FROM receipt ORDER BY id DESC LIMIT 1`,
    'a person is not told': `DELETE FROM notification WHERE kind = 'deal' AND event = 'deal.approved' ORDER BY id DESC LIMIT 1`,
    'a count is wrong': 'UPDATE user SET counter_notifications = counter_notifications + 1 ORDER BY id LIMIT 1',
    'an audit event is lost': "DELETE FROM audit_event WHERE kind = 'deal' ORDER BY id LIMIT 1",
    'a leaf is another': "UPDATE log_leaf SET leaf_hash = REPEAT('x', 32) WHERE leaf_index = 7",
    'a file is damaged': `UPDATE file_chunk SET data = CONCAT('!', SUBSTRING(data, 2)) WHERE file_id =
        (SELECT MAX(id) FROM file WHERE complete = 1 AND name LIKE '@NAME@-%')`,
    'a mail is not known': 'DELETE FROM outbox ORDER BY id DESC LIMIT 1',
    'a log-in is not known': "UPDATE audit_event SET action = 'logged' WHERE action = 'login' ORDER BY id DESC LIMIT 1",
};

// The kinds of damage that nothing here would notice.
export function unnoticed(world) {
    return Object.entries(DAMAGES).filter(([, damage]) => {
        const sql = (text) => world.portal.sql(`START TRANSACTION; ${damage.replaceAll('@NAME@', world.name)}; ${text}`);
        return checkAll({ ...world, portal: { sql, run: () => '' } }).faults.length === 0;
    }).map(([name]) => name);
}

export const damages = Object.keys(DAMAGES).length;
