import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import type { Audit } from '../audit/Audit.ts';
import { isAppError, toErrorDto } from '../base/AppError.ts';
import type { Logger } from '../observability/Logger.ts';
import type { KeyRing } from './keys/KeyRing.ts';
import { isKeyProblem } from './vaultErrors.ts';

export interface OpeningWatchOptions {
  readonly keyRing: KeyRing;
  readonly audit: Audit;
  readonly logger: Logger;
  /** The vault was closed and is open now. */
  readonly onOpened: () => void;
  /** There is a problem now, another one, or none any more. */
  readonly onChange: () => void;
}

/** Follows whether the active key can be had, and tells each change once. */
export class OpeningWatch {
  readonly #options: OpeningWatchOptions;
  #problem: ErrorDto | null = null;
  /** Whether the audit trail says that the vault is open. */
  #isToldOpen = false;

  constructor(options: OpeningWatchOptions) {
    this.#options = options;
  }

  /** Why the active key could not be had when it was last needed; null when it could. */
  get problem(): ErrorDto | null {
    return this.#problem;
  }

  /** Gets the active key into memory. @throws VAULT_… */
  getActiveKey(): Promise<void> {
    return this.follow(() => this.#options.keyRing.withActiveKey(() => undefined));
  }

  /** Runs what brings the active key into memory. @throws what it throws */
  async follow(opening: () => Promise<void>): Promise<void> {
    try {
      await opening();
    } catch (error) {
      this.#failed(error);
      throw error;
    }
    this.#opened();
  }

  /** The keys are others now, or none. */
  keysChanged(): void {
    this.#problem = null;
    this.#isToldOpen = this.#options.keyRing.isOpen();
  }

  #opened(): void {
    const { keyRing, audit, onOpened, onChange } = this.#options;
    if (this.#isToldOpen && this.#problem === null) return;
    const wasToldOpen = this.#isToldOpen;
    this.#problem = null;
    this.#isToldOpen = true;
    if (!wasToldOpen) {
      audit.record({ operation: 'vault.opened', details: { version: keyRing.activeVersion() ?? 0 } });
      onOpened();
    }
    onChange();
  }

  #failed(error: unknown): void {
    if (!isAppError(error)) return;
    const { audit, logger, onChange } = this.#options;
    const { code } = error;
    if (!isKeyProblem(error)) return;
    if (code !== this.#problem?.code) audit.record({ operation: 'vault.not-opened', outcome: code });
    this.#problem = toErrorDto(error, null);
    logger.warn('The vault is not available', { code }, error);
    onChange();
  }
}
