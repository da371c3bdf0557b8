/** What a FaultProxy does to the bytes of one direction. Read anew for each piece, so that a change acts at once. */
export class ProxyRules {
  /** Milliseconds that each piece is late. */
  latencyMs = 0;
  /** Null: as fast as it goes. */
  bytesPerSecond: number | null = null;
  /** Most bytes that are handed on at once. */
  sliceBytes = Number.POSITIVE_INFINITY;
  #thawing: { readonly done: Promise<void>; readonly resolve: () => void } | null = null;

  /** Bytes wait from now on, none is lost. */
  freeze(): void {
    if (this.#thawing !== null) return;
    let resolve: () => void = () => undefined;
    const done = new Promise<void>((resolveDone) => {
      resolve = resolveDone;
    });
    this.#thawing = { done, resolve };
  }

  thaw(): void {
    this.#thawing?.resolve();
    this.#thawing = null;
  }

  /** Resolves at once unless it is frozen. */
  async untilThawed(): Promise<void> {
    await this.#thawing?.done;
  }

  /** Back to a good network. */
  clear(): void {
    this.latencyMs = 0;
    this.bytesPerSecond = null;
    this.sliceBytes = Number.POSITIVE_INFINITY;
    this.thaw();
  }
}
