import type { Capabilities } from '../protocol/capabilities.ts';
import { capability } from '../protocol/capabilities.ts';

/** utf8mb4_general_ci, which every version has. The session sets its own afterwards. */
const utf8mb4 = 45;
/** What we could send at most in one statement; the server's own limit (max_allowed_packet) is what counts. */
const maxStatementBytes = 1024 * 1024 * 1024;

/** What every answer to a greeting begins with. */
function answerHead({ flags, mariadbFlags }: Capabilities): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt32LE(flags >>> 0, 0);
  head.writeUInt32LE(maxStatementBytes, 4);
  head.writeUInt8(utf8mb4, 8);
  head.writeUInt32LE(mariadbFlags, 28);
  return head;
}

/** Asks for TLS. It holds no user and no password. */
export function tlsRequest(capabilities: Capabilities): Buffer {
  return answerHead(capabilities);
}

export interface LoginRequest {
  readonly user: string;
  /** Null: no database is chosen. */
  readonly database: string | null;
  /** Shown in performance_schema.session_connect_attrs. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The method that the first answer names, with its proof. */
export interface FirstProof {
  readonly method: string;
  readonly proof: Buffer;
}

export function loginPacket(capabilities: Capabilities, request: LoginRequest, first: FirstProof): Buffer {
  const has = (flag: number) => (capabilities.flags & flag) !== 0;
  const { database, attributes } = request;
  const attributeBytes = Buffer.concat(Object.entries(attributes).flat().map(lengthText));
  return Buffer.concat([
    answerHead(capabilities),
    nulText(request.user),
    has(capability.longAuthResponse) ? lengthBytes(first.proof) : shortBytes(first.proof),
    ...(has(capability.connectWithDatabase) && database !== null ? [nulText(database)] : []),
    nulText(first.method),
    ...(has(capability.connectAttributes) ? [lengthBytes(attributeBytes)] : []),
  ]);
}

/** A text that ends where it ends for the server too. */
export function nulText(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf8');
}

function lengthText(text: string): Buffer {
  return lengthBytes(Buffer.from(text, 'utf8'));
}

function shortBytes(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** At most 64 KB. */
function lengthBytes(bytes: Buffer): Buffer {
  if (bytes.length < 0xfb) return shortBytes(bytes);
  const head = Buffer.from([0xfc, 0, 0]);
  head.writeUInt16LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
