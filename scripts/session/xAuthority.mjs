/** The key to a display: a file in the format of xauth, good for any display number of this machine. */

import { randomBytes } from 'node:crypto';

const ANY_HOST = Buffer.from([0xff, 0xff]);
const PROTOCOL = 'MIT-MAGIC-COOKIE-1';

/** @returns {Buffer} the contents of an XAUTHORITY file with one new cookie */
export function newXAuthority() {
  return Buffer.concat([ANY_HOST, field(''), field(''), field(PROTOCOL), field(randomBytes(16))]);
}

/** @param {string | Buffer} value */
function field(value) {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
