import { WireFailure } from '../../network/failures/WireFailure.ts';
import { capability, type OfferedCapabilities } from '../protocol/capabilities.ts';
import { malformed, PacketCursor } from '../protocol/PacketCursor.ts';
import { errorHeader, readServerError } from '../protocol/ServerError.ts';

export type Product = 'MySQL' | 'MariaDB';

/** The first packet of a server: who it is, and what it can do. Nothing of it is proven. */
export interface Greeting extends OfferedCapabilities {
  readonly product: Product;
  /** As the server writes it, as `8.4.3` or `11.4.2-MariaDB-log`. */
  readonly version: string;
  /** The server's id of the session, for KILL. */
  readonly sessionId: number;
  /** What the password is mixed with to prove it. */
  readonly scramble: Buffer;
  /** The log-in method that most of its accounts use. */
  readonly method: string;
}

const protocolVersion = 10;
const scrambleLength = 20;
/** MariaDB up to 10 puts it before its version, so that old replicas of MySQL take it. */
const replicationPrefix = /^5\.5\.5-(?=.*mariadb)/i;

/**
 * @throws ServerError when the server refuses to talk to this computer, or WireFailure
 */
export function readGreeting(bytes: Buffer, start: number, end: number): Greeting {
  if (bytes[start] === errorHeader) throw readServerError(bytes, start, end);
  const cursor = new PacketCursor(bytes, start, end);
  if (cursor.uint8() !== protocolVersion) {
    throw new WireFailure('protocol', 'The server uses another version of the protocol.');
  }
  const version = cursor.untilNul().toString('utf8').replace(replicationPrefix, '');
  const sessionId = cursor.uint32();
  const firstPart = cursor.bytes(8);
  cursor.skip(1);
  const lowFlags = cursor.uint16();
  cursor.skip(3); // Character set and status, which the session sets for itself.
  const capabilities = (lowFlags | (cursor.uint16() << 16)) >>> 0;
  cursor.skip(7); // Length of the scramble, which is always the same, and six unused bytes.
  const mariadbFlags = cursor.uint32();
  const scramble = Buffer.concat([firstPart, cursor.bytes(scrambleLength - firstPart.length)]);
  cursor.skip(1);
  const isMysql = (capabilities & capability.mysql) !== 0;
  return {
    product: /mariadb/i.test(version) || !isMysql ? 'MariaDB' : 'MySQL',
    version,
    sessionId,
    capabilities,
    mariadbCapabilities: isMysql ? 0 : mariadbFlags,
    scramble,
    method: cursor.untilNul().toString('latin1'),
  };
}

/** @throws WireFailure when a later packet brings a scramble that is too short */
export function readScramble(data: Buffer): Buffer {
  if (data.length < scrambleLength) throw malformed();
  return data.subarray(0, scrambleLength);
}
