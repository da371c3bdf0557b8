import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import { readTextIfThere } from '../../../base/files/readWhole.ts';
import { bareHost } from '../sockets/resolveHost.ts';

const maxConfigBytes = 1024 * 1024;
/** More jumps than this are a circle, or a mistake. */
const maxJumps = 16;
/** OpenSSH tries these where nothing is said (ssh_config(5), IdentityFile). */
const usualKeys = ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => `~/.ssh/${name}`);

/** What `~/.ssh/config` makes of a host. */
export interface ConfiguredHost {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Paths, in the order in which they are tried. */
  readonly keyPaths: readonly string[];
  /** Whether the keys are those of the configuration alone: without the agent, and needing to be there. */
  readonly isStrict: boolean;
}

/** What a person has typed over what the file says; null: nothing. */
export interface TypedOver {
  readonly port: number | null;
  readonly user: string | null;
}

/**
 * A host as OpenSSH reaches it by `~/.ssh/config`, with the jumps before it: HostName, Port, User, IdentityFile,
 * IdentitiesOnly and ProxyJump. `Match exec`, `ProxyCommand`, `Include` and canonical names start programs or read other
 * files, and are not followed.
 * @param text of the file; empty when there is none
 * @throws SSH_CONFIG_INVALID
 */
export async function configuredHosts(
  text: string,
  alias: string,
  over: TypedOver,
): Promise<readonly ConfiguredHost[]> {
  const { default: SshConfig } = await import('ssh-config');
  // The package looks canonical names up with a program, while everything waits.
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*CanonicalDomains\b/i.test(line));
  const config = parsed(() => SshConfig.parse(lines.join('\n')));
  const settingsOf = (host: string) =>
    new Settings(config.compute(host, { ignoreCase: true, matchExec: false }));
  return reached(settingsOf, bareHost(alias), over, 0);
}

/** The text of the user's file; empty when there is none. @throws SSH_CONFIG_INVALID for one that cannot be read */
export async function readSshConfig(): Promise<string> {
  try {
    return await readTextIfThere(join(homedir(), '.ssh', 'config'), maxConfigBytes);
  } catch (error) {
    throw invalid('The file cannot be read.', error);
  }
}

function reached(
  settingsOf: (host: string) => Settings,
  alias: string,
  over: TypedOver,
  depth: number,
): readonly ConfiguredHost[] {
  if (depth > maxJumps)
    throw invalid(`More than ${maxJumps} jumps (ProxyJump) lead to ${cleanText(alias, 253)}.`);
  const settings = settingsOf(alias);
  const jumps = settings.text('proxyjump');
  const before =
    jumps === null || jumps === 'none' ? [] : jumps.split(',').map((jump) => jumpOf(jump.trim()));
  // Only the first jump is reached by jumps of its own: the others are reached through the one before (ssh_config(5)).
  const path = before.flatMap((jump, index) => {
    const hosts = reached(settingsOf, jump.host, jump, depth + 1);
    return index === 0 ? hosts : hosts.slice(-1);
  });
  const keyPaths = settings.list('identityfile');
  const host = settings.text('hostname')?.replaceAll('%h', alias) ?? alias;
  const port = over.port ?? Number(settings.text('port') ?? 22);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalid(`The port of ${cleanText(alias, 253)} is none.`);
  }
  const self = {
    ...{ host: bareHost(host), port, user: over.user ?? settings.text('user') ?? userInfo().username },
    keyPaths: keyPaths.length === 0 ? usualKeys : keyPaths,
    isStrict: settings.text('identitiesonly')?.toLowerCase() === 'yes',
  };
  const hosts = [...path, self];
  if (hosts.length > maxJumps)
    throw invalid(`More than ${maxJumps} jumps (ProxyJump) lead to ${cleanText(alias, 253)}.`);
  return hosts;
}

/** `[user@]host[:port]`, or the same as a URL with `ssh://`. */
function jumpOf(text: string): TypedOver & { readonly host: string } {
  const [, user, host, port] =
    /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?\/?$/.exec(text) ?? [];
  if (host === undefined) throw invalid('A ProxyJump is not of the form user@host:port.');
  return { host: bareHost(host), user: user ?? null, port: port === undefined ? null : Number(port) };
}

/** The settings of one host; names are in lower case. */
class Settings {
  readonly #values: Readonly<Record<string, string | string[]>>;

  constructor(values: Readonly<Record<string, string | string[]>>) {
    this.#values = values;
  }

  text(name: string): string | null {
    return this.list(name)[0] ?? null;
  }

  list(name: string): readonly string[] {
    const value = Object.hasOwn(this.#values, name) ? (this.#values[name] ?? []) : [];
    return Array.isArray(value) ? value : [value];
  }
}

function parsed<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw invalid('The file cannot be read as a configuration of SSH.', error);
  }
}

const invalid = (detail: string, cause?: unknown): AppError =>
  new AppError('SSH_CONFIG_INVALID', {
    title: 'The SSH configuration of this computer cannot be used',
    detail: `~/.ssh/config: ${detail}`,
    fixes: ['Correct the file.', 'Enter the SSH servers under Network instead.'],
    cause,
  });
