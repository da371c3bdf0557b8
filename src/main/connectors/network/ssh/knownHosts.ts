import { createHmac } from 'node:crypto';

/**
 * Lines of a known_hosts file, as OpenSSH writes them (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names in plain or hashed,
 * another port as `[host]:port`, patterns with `*`, `?` and `!`, and the mark `@revoked`. Keys of certificate authorities
 * (`@cert-authority`) are not used.
 */
export interface KnownHost {
  readonly isRevoked: boolean;
  /** Names and patterns, or one hashed name. */
  readonly names: readonly string[];
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** The key in base64. */
  readonly key: string;
}

/** As much as is read of a file; a line is about 100 to 800 bytes. */
export const maxKnownHostsBytes = 8 * 1024 * 1024;

const marks = new Set(['@revoked', '@cert-authority']);

/** The lines that can be read; others are passed over, as OpenSSH does. */
export function readKnownHosts(text: string): readonly KnownHost[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/[ \t]+/);
    const mark = marks.has(words[0] ?? '') ? words.shift() : undefined;
    const [names = '', type = '', key = ''] = words;
    if (names === '' || names.startsWith('#') || type === '' || key === '') return [];
    if (mark === '@cert-authority') return [];
    return [{ isRevoked: mark === '@revoked', names: names.split(','), type, key }];
  });
}

/** How a host is named in the file: `host`, or `[host]:port` for another port than 22. */
export const hostName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

/** The lines about a host, in their order. */
export function linesAbout(known: readonly KnownHost[], host: string, port: number): readonly KnownHost[] {
  const name = hostName(host, port);
  return known.filter((line) => isAbout(line, name));
}

/** A file in which a host has one key, that of `line`. Marks against keys, and what is about other hosts, stay. */
export function withOnlyKey(text: string, host: string, port: number, line: string): string {
  const others = text
    .split('\n')
    .filter(
      (each) =>
        each.trim() !== '' &&
        linesAbout(readKnownHosts(each), host, port).every(({ isRevoked }) => isRevoked),
    );
  return [...others, line, ''].join('\n');
}

/** Whether a line is about the host of this name. */
function isAbout({ names }: KnownHost, name: string): boolean {
  const matching = names.filter((pattern) => matches(pattern.replace(/^!/, ''), name));
  // One negated pattern that matches takes the host out of the line.
  return matching.length > 0 && !matching.some((pattern) => pattern.startsWith('!'));
}

function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('|1|')) return matchesHash(pattern, name);
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === name;
  return matchesPattern(pattern.toLowerCase(), name);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, keyed with the salt. */
function matchesHash(pattern: string, name: string): boolean {
  const [, , salt = '', hash = ''] = pattern.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** In time that grows with the product of both lengths, whatever the pattern. */
function matchesPattern(pattern: string, name: string): boolean {
  let reached = new Set([0]);
  for (const character of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (character === '*') for (let end = at; end <= name.length; end += 1) next.add(end);
      else if (at < name.length && (character === '?' || character === name[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(name.length);
}
