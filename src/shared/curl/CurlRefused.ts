/** Why a command cannot be used. Neither part ever repeats the command: it may hold a secret. */
export class CurlRefused extends Error {
  override readonly name = 'CurlRefused';
  /** What a person can do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
