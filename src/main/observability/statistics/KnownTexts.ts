import type { LexicalModes } from '../../../shared/sql/SqlLanguage.ts';

/** In UTF-16 units: of all texts, and of the longest one that is worth remembering. */
const maxTotalLength = 262_144;
const maxLength = 8_192;

interface Known {
  readonly modes: LexicalModes | undefined;
  readonly fingerprint: string;
}

/** The fingerprints of texts that ran lately, so that a statement which runs again and again is read once. */
export class KnownTexts {
  readonly #known = new Map<string, Known>();
  #totalLength = 0;

  /** Null for one that is to be read. */
  find(text: string, modes: LexicalModes | undefined): string | null {
    if (text.length > maxLength) return null;
    const known = this.#known.get(text);
    return known !== undefined && isSame(known.modes, modes) ? known.fingerprint : null;
  }

  /** Forgets those that were read first when there is no more room. */
  add(text: string, modes: LexicalModes | undefined, fingerprint: string): void {
    if (text.length > maxLength) return;
    this.#remove(text);
    this.#known.set(text, { modes, fingerprint });
    this.#totalLength += text.length;
    for (const oldest of this.#known.keys()) {
      if (this.#totalLength <= maxTotalLength) return;
      this.#remove(oldest);
    }
  }

  clear(): void {
    this.#known.clear();
    this.#totalLength = 0;
  }

  #remove(text: string): void {
    if (this.#known.delete(text)) this.#totalLength -= text.length;
  }
}

const isSame = (one: LexicalModes | undefined, other: LexicalModes | undefined): boolean =>
  one === other ||
  (one?.backslashEscapes === other?.backslashEscapes && one?.quotedNames === other?.quotedNames);
