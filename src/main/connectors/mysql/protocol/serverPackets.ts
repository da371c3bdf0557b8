import { type Capabilities, capability, mariadbExtendedMetadata, sessionStatus } from './capabilities.ts';
import { PacketCursor } from './PacketCursor.ts';

/** The first byte of packets that are not rows. */
export const header = { ok: 0x00, localInfile: 0xfb, end: 0xfe } as const;

/** The end of a command or of a result. */
export interface Completion {
  /** Rows that were changed; null at the end of rows. */
  readonly affectedRowCount: number | null;
  /** `sessionStatus` */
  readonly status: number;
  readonly warningCount: number;
  /** System variables that the command changed, as far as the server reports them: names in lower case, with their values. */
  readonly changedVariables: readonly (readonly [name: string, value: string])[];
}

const none: readonly never[] = [];

/**
 * An OK packet, also where it stands at the end of rows.
 * @throws WireFailure
 */
export function readCompletion(
  bytes: Buffer,
  start: number,
  end: number,
  { flags }: Capabilities,
): Completion {
  const cursor = new PacketCursor(bytes, start + 1, end);
  const affectedRowCount = cursor.length();
  cursor.length(); // The last AUTO_INCREMENT value.
  const status = cursor.uint16();
  const warningCount = cursor.uint16();
  const isTracked =
    (flags & capability.sessionTrack) !== 0 && (status & sessionStatus.sessionStateChanged) !== 0;
  if (!isTracked || cursor.remaining === 0) {
    return { affectedRowCount, status, warningCount, changedVariables: none };
  }
  cursor.skip(cursor.length()); // Words about the command.
  return {
    affectedRowCount,
    status,
    warningCount,
    changedVariables: readChangedVariables(cursor.bytes(cursor.length())),
  };
}

const changedVariable = 0;

function readChangedVariables(changes: Buffer): Completion['changedVariables'] {
  const cursor = new PacketCursor(changes, 0, changes.length);
  const variables: [string, string][] = [];
  while (cursor.remaining > 0) {
    const type = cursor.uint8();
    const data = cursor.bytes(cursor.length());
    if (type !== changedVariable) continue;
    const pairs = new PacketCursor(data, 0, data.length);
    while (pairs.remaining > 0) variables.push([pairs.lengthText().toLowerCase(), pairs.lengthText()]);
  }
  return variables;
}

/**
 * The packet between columns and rows, and after rows, of servers that send one.
 * @throws WireFailure
 */
export function readEnd(bytes: Buffer, start: number, end: number): Completion {
  const cursor = new PacketCursor(bytes, start + 1, end);
  const warningCount = cursor.uint16();
  return { affectedRowCount: null, status: cursor.uint16(), warningCount, changedVariables: none };
}

/** A column of a result, as the protocol describes it. */
export interface ColumnDefinition {
  readonly name: string;
  /** The protocol's number of its type. */
  readonly type: number;
  readonly flags: number;
  /** The server's number of the collation; 63 is bytes. */
  readonly collation: number;
  /** In bytes. */
  readonly length: number;
  readonly decimals: number;
  /** MariaDB's name of a type that has no number of its own, as `uuid`; null for all others. */
  readonly typeName: string | null;
}

/** @throws WireFailure */
export function readColumn(
  bytes: Buffer,
  start: number,
  end: number,
  { mariadbFlags }: Capabilities,
): ColumnDefinition {
  const cursor = new PacketCursor(bytes, start, end);
  for (const _ of ['catalogue', 'schema', 'alias of the table', 'table']) cursor.skip(cursor.length());
  const name = cursor.lengthText();
  cursor.skip(cursor.length()); // The column's own name.
  const typeName =
    (mariadbFlags & mariadbExtendedMetadata) === 0 ? null : readTypeName(cursor.bytes(cursor.length()));
  cursor.length(); // Of what follows.
  const collation = cursor.uint16();
  const length = cursor.uint32();
  const type = cursor.uint8();
  const flags = cursor.uint16();
  return { name, type, flags, collation, length, decimals: cursor.uint8(), typeName };
}

const maxTypeNameLength = 64;

/** A type, or the format that a text has; the format tells more. */
function readTypeName(metadata: Buffer): string | null {
  const cursor = new PacketCursor(metadata, 0, metadata.length);
  let name: string | null = null;
  while (cursor.remaining > 0) {
    cursor.uint8(); // 0: type, 1: format.
    name = cursor.lengthText().slice(0, maxTypeNameLength);
  }
  return name;
}
