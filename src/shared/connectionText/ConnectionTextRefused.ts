/** Why a text cannot be used. Neither part ever repeats the text: it may hold a password. */
export class ConnectionTextRefused extends Error {
  override readonly name = 'ConnectionTextRefused';
  /** What a person can do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
