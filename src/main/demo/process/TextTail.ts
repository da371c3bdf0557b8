const maxLength = 8_192;

/** The end of what a program wrote; the rest is forgotten. */
export class TextTail {
  #text = '';

  push(chunk: Buffer): void {
    this.#text = (this.#text + chunk.toString('utf8')).slice(-maxLength);
  }

  get text(): string {
    return this.#text;
  }
}
