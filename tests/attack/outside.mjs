// What the tools of others share: how they are started, where they write, how long they may take.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PORTAL_NAME, STAFF_NAME } from './portal.mjs';

export const full = process.env.ATTACK === 'full';
export const nameOf = (audience) => (audience === 'staff' ? STAFF_NAME : PORTAL_NAME);

export function folderOf(portal) {
    const folder = join(portal.folder, 'tmp', 'tools');
    mkdirSync(folder, { recursive: true });
    return folder;
}

// What a command says, for as long as it may take; null as status when it was ended.
export function run(command, words, seconds, cwd) {
    return new Promise((done) => {
        let text = '';
        const child = spawn(command, words, { cwd, env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }, stdio: ['ignore', 'pipe', 'pipe'] });
        const end = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
        for (const stream of [child.stdout, child.stderr])
            stream.on('data', (part) => (text += part));
        child.on('error', (fault) => (text += fault)).on('close', (status) => {
            clearTimeout(end);
            done({ status, text });
        });
    });
}
