import type { CallFacts } from '../../shared/ipc/auditedCall.ts';
import type { CallOperation } from '../../shared/model/audit.ts';
import { toErrorDto } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { RepeatLimit } from '../base/RepeatLimit.ts';
import type { Audit } from './Audit.ts';
import { asCallOf, type CallLine } from './callLine.ts';

/** An audited call with its input, as the contract describes it. */
export interface AuditedCall {
  readonly operation: CallOperation;
  /** @param output null for a call that failed, or has not ended yet */
  readonly facts: (output: unknown) => CallFacts;
}

export interface CallAuditOptions {
  /** The trail there is now; null while the store cannot be opened. */
  readonly trail: () => Audit | null;
  readonly clock: Clock;
}

/**
 * Sees to it that each audited call leaves exactly one line in the trail, also when it fails or is refused. What changes
 * something in the store writes the line itself, in the transaction of the change: a call that fails after that keeps
 * this line, since the change is kept. Everything else is written here when the call has ended.
 *
 * Of calls that fail in the same way again and again, the first few of a minute have lines of their own; the others
 * share one, with their number.
 */
export class CallAudit {
  readonly #trail: () => Audit | null;
  readonly #failures: RepeatLimit<{ readonly operation: CallOperation; readonly outcome: string }>;
  #isClosed = false;

  constructor({ trail, clock }: CallAuditOptions) {
    this.#trail = trail;
    this.#failures = new RepeatLimit(clock, (failure, repeatedCount) =>
      trail()?.record({ ...failure, details: { repeatedCount } }),
    );
  }

  /** Runs an audited call. @throws what `work` throws */
  async run<Value>(call: AuditedCall, work: () => Promise<Value> | Value): Promise<Value> {
    const { subject = null, details = {} } = call.facts(null);
    const line: CallLine = { operation: call.operation, subject, details, isKept: null, isOver: false };
    try {
      const value = await asCallOf(line, async () => work());
      this.#complete(line, call.facts(value));
      return value;
    } catch (error) {
      this.#complete(line, { subject, details, outcome: toErrorDto(error, null).code });
      throw error;
    } finally {
      line.isOver = true;
    }
  }

  /** A call was refused before anybody worked on it. */
  refused(operation: CallOperation, error: unknown): void {
    if (this.#isClosed) return;
    this.#recordFailure(operation, { outcome: toErrorDto(error, null).code });
  }

  /** Writes what was only counted so far. From now on nothing is written of calls that are refused. */
  close(): void {
    this.#failures.flush();
    this.#isClosed = true;
  }

  #complete({ operation, isKept }: CallLine, facts: CallFacts): void {
    if (isKept?.() === true) return;
    const { outcome = 'ok' } = facts;
    if (outcome === 'ok') this.#trail()?.record({ operation, ...facts });
    else this.#recordFailure(operation, { ...facts, outcome });
  }

  #recordFailure(operation: CallOperation, facts: CallFacts & { readonly outcome: string }): void {
    const { outcome } = facts;
    const isWritten = this.#failures.allows(`${operation} ${outcome}`, { operation, outcome });
    if (isWritten) this.#trail()?.record({ operation, ...facts });
  }
}
