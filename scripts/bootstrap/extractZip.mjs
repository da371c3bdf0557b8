/** Unpacks chosen files of a zip archive (stored or deflated, below 4 GiB), with their permission bits. */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_RECORD = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const CENTRAL_HEADER_LENGTH = 46;
const LOCAL_HEADER_LENGTH = 30;
const DEFLATED = 8;

/** @typedef {{ name: string, method: number, mode: number, packedLength: number, headerOffset: number }} ZipEntry */

/**
 * @param {string} archive
 * @param {string} targetFolder
 * @param {(name: string) => string | undefined} placeOf the path below targetFolder, undefined to leave a file out
 */
export async function extractZip(archive, targetFolder, placeOf) {
  const handle = await open(archive, 'r');
  try {
    for (const entry of await readEntries(handle)) {
      const place = placeOf(entry.name);
      if (place === undefined || entry.name.endsWith('/')) continue;
      await extractEntry(archive, handle, entry, containedPath(targetFolder, place));
    }
  } finally {
    await handle.close();
  }
}

/**
 * @param {string} folder
 * @param {string} place
 */
function containedPath(folder, place) {
  const target = path.resolve(folder, place);
  if (!target.startsWith(path.resolve(folder) + path.sep))
    throw new Error(`The archive names a file outside: ${place}`);
  return target;
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @returns {Promise<ZipEntry[]>}
 */
async function readEntries(handle) {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - END_RECORD.length - END_RECORD.longestComment), size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('The archive has no end record.');
  const directoryLength = tail.readUInt32LE(end + 12);
  const directoryOffset = tail.readUInt32LE(end + 16);
  const directory = await readAt(handle, directoryOffset, directoryOffset + directoryLength);
  const entries = [];
  for (let offset = 0; offset + CENTRAL_HEADER_LENGTH <= directory.length; ) {
    const nameLength = directory.readUInt16LE(offset + 28);
    const restLength = directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32);
    const nameOffset = offset + CENTRAL_HEADER_LENGTH;
    entries.push({
      name: directory.toString('utf8', nameOffset, nameOffset + nameLength),
      method: directory.readUInt16LE(offset + 10),
      mode: (directory.readUInt32LE(offset + 38) >>> 16) & 0o777,
      packedLength: directory.readUInt32LE(offset + 20),
      headerOffset: directory.readUInt32LE(offset + 42),
    });
    offset = nameOffset + nameLength + restLength;
  }
  return entries;
}

/**
 * @param {string} archive
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {ZipEntry} entry
 * @param {string} target
 */
async function extractEntry(archive, handle, entry, target) {
  const header = await readAt(handle, entry.headerOffset, entry.headerOffset + LOCAL_HEADER_LENGTH);
  const start = entry.headerOffset + LOCAL_HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(path.dirname(target), { recursive: true });
  const output = createWriteStream(target, { mode: entry.mode || 0o644 });
  if (entry.packedLength === 0) {
    await pipeline([], output);
    return;
  }
  const packed = createReadStream(archive, {
    start,
    end: start + entry.packedLength - 1,
    highWaterMark: 1 << 20,
  });
  await (entry.method === DEFLATED ? pipeline(packed, createInflateRaw(), output) : pipeline(packed, output));
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} start
 * @param {number} end
 */
async function readAt(handle, start, end) {
  const buffer = Buffer.alloc(end - start);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}
