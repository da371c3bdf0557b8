import type { RunBundle } from '../queue/runBundle.ts';

/**
 * Secrets that servers replaced while runs executed. A bundle that was sealed before has the old one, which may be good
 * for nothing by now: a later attempt gets the new one.
 */
export class ReplacedSecrets {
  /** By data source and field: the values that were replaced, and the one that holds. */
  readonly #replaced = new Map<string, { readonly old: Set<string>; value: string }>();

  replace(sourceId: string, field: string, from: string | undefined, value: string): void {
    const key = keyOf(sourceId, field);
    const known = this.#replaced.get(key) ?? { old: new Set<string>(), value };
    known.old.add(known.value);
    if (from !== undefined) known.old.add(from);
    known.old.delete(value);
    known.value = value;
    this.#replaced.set(key, known);
  }

  /** The bundle with secrets that hold. */
  applyTo(bundle: RunBundle): RunBundle {
    const sources = bundle.sources.map((source) => {
      const secrets = Object.entries(source.secrets).map(([field, value]) => {
        const known = this.#replaced.get(keyOf(source.id, field));
        return [field, known?.old.has(value) === true ? known.value : value] as const;
      });
      return { ...source, secrets: Object.fromEntries(secrets) };
    });
    return { ...bundle, sources };
  }
}

const keyOf = (sourceId: string, field: string): string => `${sourceId} ${field}`;
