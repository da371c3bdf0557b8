/** Where the password of the demo server's role is kept. The vault stands behind it. */
export interface DemoSecrets {
  /** The password, or null when there is none. Rejects when there is one that cannot be opened. */
  read(): Promise<string | null>;
  write(password: string): Promise<void>;
}
