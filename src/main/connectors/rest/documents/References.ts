import { isObject, type JsonObject } from './JsonTree.ts';

/** Why a part of a document cannot be used; the text is for people, and becomes a warning. */
export class UnusablePart extends Error {
  override readonly name = 'UnusablePart';
}

/** Longest chain of references that lead to references. */
const maxSteps = 50;

/**
 * Follows the references of a document, within it alone: no file is read and no address asked, whatever a reference says.
 */
export class References {
  readonly #root: JsonObject;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  /**
   * What a value stands for: itself, or what its `$ref` leads to. Members beside a `$ref` count, as in OpenAPI 3.1.
   * @throws UnusablePart for one that leads out of the document, nowhere, or to itself
   */
  resolve(value: unknown): JsonObject {
    let found = value;
    let beside: JsonObject = {};
    for (let step = 0; step < maxSteps; step += 1) {
      if (!isObject(found)) throw new UnusablePart('A part of it is missing.');
      if (!Object.hasOwn(found, '$ref')) return { ...found, ...beside };
      const { $ref: reference, ...rest } = found;
      beside = { ...rest, ...beside };
      found = this.#target(reference);
    }
    throw new UnusablePart('A reference leads back to itself.');
  }

  #target(reference: unknown): unknown {
    if (typeof reference !== 'string') throw new UnusablePart('A reference is no text.');
    if (!reference.startsWith('#')) {
      throw new UnusablePart('A part of it is in another file or at another address, which is not loaded.');
    }
    let found: unknown = this.#root;
    for (const token of pointerTokens(reference.slice(1))) {
      if (Array.isArray(found)) found = found[Number(token)];
      else found = isObject(found) && Object.hasOwn(found, token) ? found[token] : undefined;
    }
    if (found === undefined) throw new UnusablePart('A reference leads nowhere.');
    return found;
  }
}

/** RFC 6901, in the fragment of a URI. @throws UnusablePart */
function pointerTokens(fragment: string): string[] {
  try {
    return decodeURIComponent(fragment)
      .split('/')
      .slice(1)
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    throw new UnusablePart('A reference cannot be read.');
  }
}
