import type { EndedOperation } from '../../../shared/model/operations.ts';
import type { Logger } from '../Logger.ts';
import type { OperationSubscriber } from './Operations.ts';

/** Writes each operation that ended into the log, for whoever has set the module's level to debug. */
export class OperationLog implements OperationSubscriber {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  ended({ kind, name, sourceId, outcome, code, durationMs }: EndedOperation): void {
    const fields = { kind, operation: name, dataSourceId: sourceId, outcome, code, durationMs };
    this.#logger.debug('Operation ended', fields);
  }
}
