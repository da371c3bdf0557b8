const dataRow = 0x44;
const readyForQuery = 0x5a;
const batchSize = 1_000;

/**
 * Sends a simple query over a socket that is logged in, and decodes its rows by hand to batches of texts, which are
 * dropped: what no client can do without.
 */
export function decodeRows(socket: NodeJS.ReadWriteStream, text: string): Promise<number> {
  const query = Buffer.from(`${text}\0`);
  const header = Buffer.alloc(5);
  header[0] = 0x51;
  header.writeInt32BE(query.length + 4, 1);
  const decoder = new Decoder();
  return new Promise((resolve) => {
    const onData = (chunk: Buffer) => {
      if (!decoder.accept(chunk)) return;
      socket.off('data', onData);
      resolve(decoder.count);
    };
    socket.on('data', onData);
    socket.write(Buffer.concat([header, query]));
  });
}

class Decoder {
  count = 0;
  #rest: Buffer | null = null;
  #batch: (string | null)[][] = [];

  /** @returns whether the server is ready for the next statement */
  accept(chunk: Buffer): boolean {
    const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    let isReady = false;
    let offset = 0;
    while (bytes.length - offset >= 5) {
      const length = bytes.readInt32BE(offset + 1) + 1;
      if (bytes.length - offset < length) break;
      if (bytes[offset] === dataRow) this.#add(decodeRow(bytes, offset + 5));
      isReady ||= bytes[offset] === readyForQuery;
      offset += length;
    }
    this.#rest = offset < bytes.length ? bytes.subarray(offset) : null;
    return isReady;
  }

  #add(row: (string | null)[]): void {
    this.count += 1;
    this.#batch.push(row);
    if (this.#batch.length === batchSize) this.#batch = [];
  }
}

function decodeRow(bytes: Buffer, start: number): (string | null)[] {
  const count = bytes.readInt16BE(start);
  const row: (string | null)[] = new Array(count);
  let offset = start + 2;
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readInt32BE(offset);
    offset += 4;
    row[index] = length < 0 ? null : bytes.toString('utf8', offset, offset + length);
    if (length > 0) offset += length;
  }
  return row;
}
