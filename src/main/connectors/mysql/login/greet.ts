import type { Duplex } from 'node:stream';
import {
  describeBytes,
  type ExpectedService,
  refuseOtherService,
} from '../../network/failures/unexpectedBytes.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { waitOnSocket } from '../../network/sockets/socketWait.ts';
import { type Greeting, readGreeting } from './greeting.ts';

const headerLength = 4;
/** A greeting takes about a hundred bytes. */
const maxGreetingBytes = 4_096;

const expected: ExpectedService = { label: 'MySQL', otherEngines: [] };

/**
 * Waits for the server to greet. The socket is paused afterwards: nothing that follows is lost.
 * @throws ServerError when the server refuses this computer, OtherService, WireFailure, an errno, or the abort's reason
 */
export async function greet(socket: Duplex, signal: AbortSignal): Promise<Greeting> {
  const bytes = await firstPacket(socket, signal);
  refuseOtherService(bytes, expected);
  const end = packetEnd(bytes);
  if (end > maxGreetingBytes || bytes.readUInt8(3) !== 0) {
    throw new WireFailure('protocol', describeBytes(bytes, expected));
  }
  const greeting = readGreeting(bytes, headerLength, end);
  if (bytes.length === end && socket.readableLength === 0) return greeting;
  throw new WireFailure('protocol', 'The server sent more than a greeting before it was answered.');
}

/** What has come when the first packet is complete, or too long to be one. */
function firstPacket(socket: Duplex, signal: AbortSignal): Promise<Buffer> {
  return waitOnSocket<Buffer>(socket, signal, (resolve) => {
    let bytes = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < headerLength) return;
      const end = packetEnd(bytes);
      if (end <= maxGreetingBytes && bytes.length < end) return;
      socket.pause();
      resolve(bytes);
    };
    socket.on('data', onData);
    return () => socket.off('data', onData);
  });
}

const packetEnd = (bytes: Buffer): number => headerLength + bytes.readUIntLE(0, 3);
