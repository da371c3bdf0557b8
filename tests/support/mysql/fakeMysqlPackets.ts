/** What a server says, as payloads of packets, and what a client says, read. Nothing is checked: tests also need nonsense. */

/** Bits of the capabilities that both sides name. */
export const capability = {
  connectWithDatabase: 0x8,
  compress: 0x20,
  localFiles: 0x80,
  protocol41: 0x200,
  ssl: 0x800,
  transactions: 0x2000,
  secureConnection: 0x8000,
  multiResults: 0x20000,
  pluginAuth: 0x80000,
  connectAttributes: 0x100000,
  longAuthResponse: 0x200000,
  deprecateEof: 0x1000000,
} as const;

const usualCapabilities =
  capability.connectWithDatabase |
  capability.localFiles |
  capability.protocol41 |
  capability.transactions |
  capability.secureConnection |
  capability.multiResults |
  capability.pluginAuth |
  capability.connectAttributes |
  capability.longAuthResponse;

const utf8mb4GeneralCi = 45;
const autocommit = 2;

export interface Greeting {
  readonly version: string;
  readonly connectionId: number;
  readonly plugin: string;
  /** 20 bytes of a well-behaved server. */
  readonly scramble: Buffer;
  readonly capabilities: number;
}

/** The usual greeting of a MySQL 8 without TLS, but for what the test says. */
export function greeting(changes: Partial<Greeting> = {}): Buffer {
  const { version, connectionId, plugin, scramble, capabilities }: Greeting = {
    version: '8.4.0',
    connectionId: 42,
    plugin: 'mysql_native_password',
    scramble: Buffer.from('abcdefghijklmnopqrst'),
    capabilities: usualCapabilities,
    ...changes,
  };
  return Buffer.concat([
    Buffer.from([10]),
    zeroTerminated(version),
    littleEndian(connectionId, 4),
    scramble.subarray(0, 8),
    Buffer.from([0]),
    littleEndian(capabilities & 0xffff, 2),
    Buffer.from([utf8mb4GeneralCi]),
    littleEndian(autocommit, 2),
    littleEndian(capabilities >>> 16, 2),
    Buffer.from([scramble.length + 1]),
    Buffer.alloc(10),
    scramble.subarray(8),
    Buffer.from([0]),
    zeroTerminated(plugin),
  ]);
}

/** A greeting that offers TLS. */
export function greetingWithTls(changes: Partial<Greeting> = {}): Buffer {
  return greeting({ capabilities: usualCapabilities | capability.ssl, ...changes });
}

/** OK without rows and without an id. */
export const ok = Buffer.from([0, 0, 0, autocommit, 0, 0, 0]);

/** After the columns, and after the rows, for a client without `deprecateEof`. */
export const endOfPart = Buffer.from([0xfe, 0, 0, autocommit, 0]);

export function errorPacket(code: number, sqlState: string, text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff]), littleEndian(code, 2), Buffer.from(`#${sqlState}${text}`)]);
}

/** Asks the client to begin again with another plug-in. */
export function authSwitchRequest(plugin: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xfe]), zeroTerminated(plugin), data, Buffer.from([0])]);
}

/** What a plug-in says on the way: of caching_sha2_password 3 "known", 4 "send the password", or the public key. */
export function authMoreData(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([1]), data]);
}

/** Asks the client for one of its own files, in answer to any query. */
export function localInfileRequest(path: string): Buffer {
  return Buffer.concat([Buffer.from([0xfb]), Buffer.from(path)]);
}

export interface FakeColumn {
  readonly name: string;
  /** As the protocol numbers them; default: VAR_STRING. */
  readonly type?: number;
  /** Default: utf8mb4; 63 is binary. */
  readonly characterSet?: number;
  readonly flags?: number;
}

/** What comes before the rows: the count, the columns, and the end of this part. */
export function columnPackets(...columns: readonly FakeColumn[]): Buffer[] {
  return [lengthEncoded(columns.length), ...columns.map(columnPacket), endOfPart];
}

function columnPacket({ name, type = 253, characterSet = utf8mb4GeneralCi, flags = 0 }: FakeColumn): Buffer {
  return Buffer.concat([
    ...['def', 'shop', 'orders', 'orders', name, name].map(lengthEncodedText),
    Buffer.from([12]),
    littleEndian(characterSet, 2),
    littleEndian(1024, 4),
    Buffer.from([type]),
    littleEndian(flags, 2),
    Buffer.from([0, 0, 0]),
  ]);
}

/** A row of the text protocol; null is SQL NULL. */
export function textRow(...cells: readonly (string | null)[]): Buffer {
  return Buffer.concat(cells.map((cell) => (cell === null ? Buffer.from([0xfb]) : lengthEncodedText(cell))));
}

export interface LoginRequest {
  readonly capabilities: number;
  readonly user: string;
  readonly authResponse: Buffer;
  /** Empty when the client names none. */
  readonly database: string;
  readonly plugin: string;
}

/** Reads the client's answer to the greeting. */
export function readLogin(payload: Buffer): LoginRequest {
  const capabilities = payload.readUInt32LE(0);
  const userEnd = payload.indexOf(0, 32);
  const authStart = userEnd + 2;
  const authEnd = authStart + payload.readUInt8(userEnd + 1);
  let at = authEnd;
  const text = (bit: number) => {
    if ((capabilities & bit) === 0) return '';
    const end = payload.indexOf(0, at);
    const value = payload.toString('utf8', at, end);
    at = end + 1;
    return value;
  };
  return {
    capabilities,
    user: payload.toString('utf8', 32, userEnd),
    authResponse: payload.subarray(authStart, authEnd),
    database: text(capability.connectWithDatabase),
    plugin: text(capability.pluginAuth),
  };
}

/** A short login request without a user: the client wants TLS before it says more. */
export function isTlsRequest(payload: Buffer): boolean {
  return payload.length === 32 && (payload.readUInt32LE(0) & capability.ssl) !== 0;
}

function littleEndian(value: number, byteCount: number): Buffer {
  const buffer = Buffer.alloc(byteCount);
  buffer.writeUIntLE(value, 0, byteCount);
  return buffer;
}

function zeroTerminated(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

function lengthEncodedText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([lengthEncoded(bytes.length), bytes]);
}

function lengthEncoded(value: number): Buffer {
  if (value < 0xfb) return Buffer.from([value]);
  if (value <= 0xffff) return Buffer.concat([Buffer.from([0xfc]), littleEndian(value, 2)]);
  return Buffer.concat([Buffer.from([0xfd]), littleEndian(value, 3)]);
}
