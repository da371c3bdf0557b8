import { type LogLevel, type LogSettings, logLevels } from '../../../shared/model/log.ts';

/** What is written when nobody has chosen anything. */
export const defaultLogSettings: LogSettings = { level: 'info', scopes: {} };

/** Decides which lines are written: by module, and the module's own level counts before that of what it is a part of. */
export class LogLevels {
  #settings = defaultLogSettings;
  /** The gravest is 0. Asked for every line, so that it is not worked out each time. */
  readonly #rankOf = new Map<string | null, number>();

  /** Modules that have written or may write something, by name. */
  get scopes(): readonly string[] {
    return [...this.#rankOf.keys()].filter((scope) => scope !== null).sort();
  }

  /** Makes a module known before its first line. */
  add(scope: string): void {
    if (!this.#rankOf.has(scope)) this.#rankOf.set(scope, this.#find(scope));
  }

  set(settings: LogSettings): void {
    this.#settings = settings;
    for (const scope of this.#rankOf.keys()) this.#rankOf.set(scope, this.#find(scope));
  }

  allows(scope: string | null, level: LogLevel): boolean {
    let rank = this.#rankOf.get(scope);
    if (rank === undefined) {
      rank = this.#find(scope);
      this.#rankOf.set(scope, rank);
    }
    return logLevels.indexOf(level) <= rank;
  }

  #find(scope: string | null): number {
    const { level, scopes } = this.#settings;
    let name = scope;
    while (name !== null) {
      const own = scopes[name];
      if (own !== undefined) return logLevels.indexOf(own);
      const dot = name.lastIndexOf('.');
      name = dot === -1 ? null : name.slice(0, dot);
    }
    return logLevels.indexOf(level);
  }
}
