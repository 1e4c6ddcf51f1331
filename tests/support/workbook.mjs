// What stands in a workbook: all its files but the one that says when it was made.

import { inflateRawSync } from 'node:zlib';

const DIRECTORY_END = 0x06054b50, ENTRY = 0x02014b50;
const MADE = 'docProps/core.xml';

function* entriesOf(bytes) {
    let end = bytes.length - 22;
    while (bytes.readUInt32LE(end) !== DIRECTORY_END)
        end--;
    for (let at = bytes.readUInt32LE(end + 16); bytes.readUInt32LE(at) === ENTRY;) {
        const size = bytes.readUInt32LE(at + 20), name = bytes.readUInt16LE(at + 28), from = bytes.readUInt32LE(at + 42);
        const data = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
        yield { name: bytes.toString('utf8', at + 46, at + 46 + name), packed: bytes.readUInt16LE(at + 10) !== 0, data: bytes.subarray(data, data + size) };
        at += 46 + name + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
}

// BYTES as a Buffer; fails when they are no workbook.
export function workbookText(bytes) {
    return [...entriesOf(bytes)].filter(({ name }) => name !== MADE)
        .map(({ name, packed, data }) => `${name}\n${packed ? inflateRawSync(data) : data}`).join('\n');
}
