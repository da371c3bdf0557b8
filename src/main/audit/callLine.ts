import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditDetails, CallOperation } from '../../shared/model/audit.ts';

/** The line that an audited call has to leave, while the call runs. */
export interface CallLine {
  readonly operation: CallOperation;
  /** What is known by the call's input; the record of who does the work comes on top of it. */
  readonly subject: string | null;
  readonly details: AuditDetails;
  /** Looks whether what was written is in the trail: its transaction may have been rolled back. Null: not written. */
  isKept: (() => boolean) | null;
  /** The call has ended: whatever it has started and goes on is no part of it. */
  isOver: boolean;
}

const storage = new AsyncLocalStorage<CallLine>();

/** Runs `work` as the call that has to leave this line. */
export function asCallOf<Value>(line: CallLine, work: () => Value): Value {
  return storage.run(line, work);
}

/** The line of the audited call that runs now and has this operation, unless it is written already; else null. */
export function openLineOf(operation: string): CallLine | null {
  const line = storage.getStore();
  if (line === undefined || line.isOver || line.operation !== operation) return null;
  return line.isKept?.() === true ? null : line;
}
