import type { HostKeyChanged } from './sshErrors.ts';

/** One question of a server during a log-in. */
export interface SshQuestion {
  readonly text: string;
  /** Whether what is typed may be seen. */
  readonly isEchoed: boolean;
}

/** What an SSH server asks of a person (RFC 4256); all texts are the server's, cleaned. */
export interface SshPrompt {
  /** Such as `ann@bastion.example.com`. */
  readonly server: string;
  readonly name: string;
  readonly instructions: string;
  readonly questions: readonly SshQuestion[];
}

/** Asks the person; null when nobody is there, or when they do not want to answer. */
export type AskPerson = (prompt: SshPrompt, signal: AbortSignal) => Promise<readonly string[] | null>;

/** What a way to a server needs besides its settings. */
export interface NetworkAccess {
  /** The value of a secret field, fetched at the moment it is needed. Null when there is none. */
  readonly secret: (field: string) => Promise<string | null>;
  /** Reads the keys of SSH servers that people have accepted in Mooring, as lines of known_hosts. Absent: none. */
  readonly acceptedHostKeys?: () => Promise<string>;
  /** Hears of an SSH server that shows another key than before. It was refused; a person may compare the keys. */
  readonly hostKeyChanged?: (change: HostKeyChanged) => void;
  /** Absent where nobody can be asked, such as in the worker of pipelines. */
  readonly askPerson?: AskPerson;
}
