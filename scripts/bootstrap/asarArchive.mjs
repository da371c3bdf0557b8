/** Writes an asar archive from a few texts; the format is two length-prefixed records, a JSON header, then the files. */

const ALIGNMENT = 4;

/**
 * @param {Record<string, string>} files text by file name
 * @returns {Buffer}
 */
export function asarArchive(files) {
  const header = { files: {} };
  const bodies = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    header.files[name] = { size: body.length, offset: String(offset) };
    offset += body.length;
    bodies.push(body);
  }
  const headerRecord = record(lengthPrefixed(Buffer.from(JSON.stringify(header))));
  const sizeRecord = record(uint32(headerRecord.length));
  return Buffer.concat([sizeRecord, headerRecord, ...bodies]);
}

/** @param {Buffer} payload */
function record(payload) {
  return Buffer.concat([uint32(payload.length), payload]);
}

/** @param {Buffer} text */
function lengthPrefixed(text) {
  const padding = Buffer.alloc((ALIGNMENT - (text.length % ALIGNMENT)) % ALIGNMENT);
  return Buffer.concat([uint32(text.length), text, padding]);
}

/** @param {number} value */
function uint32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
