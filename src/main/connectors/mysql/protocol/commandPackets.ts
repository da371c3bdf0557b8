/** A packet of this length goes on in the next one, which may be empty. */
const longestPacket = 0xff_ff_ff;
const headerLength = 4;

/** Puts a payload into one or more packets. @param sequence of the first one */
export function packetsOf(payload: Buffer, sequence: number): Buffer {
  const count = packetCount(payload.length);
  const packets = Buffer.allocUnsafe(payload.length + count * headerLength);
  for (let index = 0; index < count; index += 1) {
    const start = index * longestPacket;
    const length = Math.min(longestPacket, payload.length - start);
    const offset = start + index * headerLength;
    packets.writeUIntLE(length, offset, 3);
    packets.writeUInt8((sequence + index) & 0xff, offset + 3);
    payload.copy(packets, offset + headerLength, start, start + length);
  }
  return packets;
}

function packetCount(payloadLength: number): number {
  return Math.floor(payloadLength / longestPacket) + 1;
}

/** What is sent for one command, and the number of the first packet of its answer. */
export interface Command {
  readonly packets: Buffer;
  readonly answerSequence: number;
}

function command(payload: Buffer): Command {
  return { packets: packetsOf(payload, 0), answerSequence: packetCount(payload.length) & 0xff };
}

/** COM_QUERY: one statement, answered in the text protocol. */
export function queryCommand(text: string): Command {
  const length = Buffer.byteLength(text);
  const payload = Buffer.allocUnsafe(length + 1);
  payload.writeUInt8(0x03, 0);
  payload.write(text, 1, length, 'utf8');
  return command(payload);
}

/** COM_PING: answered with the status of the session. */
export const pingCommand = command(Buffer.from([0x0e]));
/** COM_QUIT: answered by the end of the connection. */
export const quitCommand = command(Buffer.from([0x01]));
