import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** What `Accept-Encoding` names, and nothing else is understood. */
export const acceptedEncodings = 'gzip, deflate, br';

/** What unpacks to more than this many times its size is no text. Checked from a megabyte on. */
const maxRatio = 200;
const freeBytes = 1024 * 1024;
/** Nobody has a reason to pack more often. */
const maxLayers = 3;

export type UnpackFailureKind = 'unknown-encoding' | 'damaged' | 'too-large' | 'bomb';

export class UnpackFailure extends Error {
  override readonly name = 'UnpackFailure';
  readonly kind: UnpackFailureKind;
  /** As the server names it. */
  readonly encoding: string;

  constructor(kind: UnpackFailureKind, encoding: string, cause?: unknown) {
    super(`The answer cannot be unpacked: ${kind}`, { cause });
    this.kind = kind;
    this.encoding = encoding;
  }
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzip: Decoder = promisify(gunzip);
const unbrotli: Decoder = promisify(brotliDecompress);
const inflateZlib: Decoder = promisify(inflate);
const inflateBare: Decoder = promisify(inflateRaw);

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', unbrotli],
  ['deflate', (bytes, options) => (hasZlibHeader(bytes) ? inflateZlib : inflateBare)(bytes, options)],
]);

/** RFC 9110 means zlib by `deflate`; some servers send the bare stream. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

/**
 * Undoes the content encodings of a body, off the main thread.
 * @param encoding the header `Content-Encoding`; empty for none
 * @param maxBytes most that it may unpack to
 * @throws UnpackFailure
 */
export async function unpack(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding === '' || body.length === 0) return body;
  const layers = encoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (layers.length > maxLayers) throw new UnpackFailure('unknown-encoding', encoding);
  let bytes = body;
  for (const name of layers.toReversed()) bytes = await unpackLayer(bytes, name, maxBytes);
  return bytes;
}

async function unpackLayer(bytes: Buffer, name: string, maxBytes: number): Promise<Buffer> {
  const decoder = decoders.get(name);
  if (decoder === undefined) throw new UnpackFailure('unknown-encoding', name);
  const byRatio = Math.max(freeBytes, bytes.length * maxRatio);
  const maxOutputLength = Math.min(maxBytes, byRatio);
  try {
    return await decoder(bytes, { maxOutputLength });
  } catch (error) {
    if (!isTooLarge(error)) throw new UnpackFailure('damaged', name, error);
    throw new UnpackFailure(byRatio < maxBytes ? 'bomb' : 'too-large', name, error);
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
