import type { Duplex } from 'node:stream';
import { waitOnSocket } from '../sockets/socketWait.ts';

/** How long an answer is, as far as its beginning says; null while that is not known. @throws for what is no answer */
export type LengthOf = (bytes: Buffer) => number | null;

type Found = { readonly length: number } | { readonly error: unknown };

/**
 * Waits for one answer of a proxy. What comes after it is the server's, and stays in the socket for whoever reads next:
 * some servers speak first.
 * @throws what `lengthOf` throws, an errno, WireFailure, or the abort's reason
 */
export async function readAnswer(socket: Duplex, lengthOf: LengthOf, signal: AbortSignal): Promise<Buffer> {
  let received = Buffer.alloc(0);
  const found = await waitOnSocket<Found>(socket, signal, (resolve) => {
    const onReadable = () => {
      const chunk: Buffer | null = socket.read();
      if (chunk !== null) received = Buffer.concat([received, chunk]);
      const end = endOf(received, lengthOf);
      if (end !== null) resolve(end);
    };
    // Unlike `data`, it leaves the socket as it was for the next reader.
    socket.on('readable', onReadable);
    return () => socket.off('readable', onReadable);
  });
  if ('error' in found) throw found.error;
  if (received.length > found.length) socket.unshift(received.subarray(found.length));
  return received.subarray(0, found.length);
}

/** Where the answer ends, or what is wrong with it; null while it is not whole. */
function endOf(received: Buffer, lengthOf: LengthOf): Found | null {
  try {
    const length = lengthOf(received);
    return length === null || received.length < length ? null : { length };
  } catch (error) {
    return { error };
  }
}
