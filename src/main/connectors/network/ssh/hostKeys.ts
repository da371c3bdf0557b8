import { createHash } from 'node:crypto';
import { hostName, type KnownHost } from './knownHosts.ts';

/** A key that a server has shown. */
export interface HostKey {
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What is known of a host that shows a key. */
export type HostKeyVerdict =
  | { readonly type: 'known' }
  | { readonly type: 'unknown' }
  | { readonly type: 'revoked' }
  /** Other keys are known, and the server has been asked for one of them. */
  | { readonly type: 'changed'; readonly fingerprints: readonly string[] };

/** The key of a blob as SSH sends it: its type stands in front, with its length (RFC 4253, section 6.6). */
export function hostKeyOf(bytes: Buffer): HostKey {
  const length = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  return { type: bytes.subarray(4, 4 + Math.min(length, 64)).toString('latin1'), bytes };
}

/** `SHA256:` and the hash in base64 without padding, as OpenSSH shows it. */
export const fingerprintOf = (bytes: Buffer): string =>
  `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`;

/** The types of the keys that are known, to ask the server for one of them. @param lines about the host */
export const knownTypesOf = (lines: readonly KnownHost[]): readonly string[] => [
  ...new Set(lines.filter(({ isRevoked }) => !isRevoked).map(({ type }) => type)),
];

/** Compares the key with what is known. A revoked one is refused whatever else is known. @param lines about the host */
export function judgeHostKey(lines: readonly KnownHost[], { type, bytes }: HostKey): HostKeyVerdict {
  const key = bytes.toString('base64');
  if (lines.some((line) => line.isRevoked && line.key === key)) return { type: 'revoked' };
  const trusted = lines.filter((line) => !line.isRevoked);
  if (trusted.some((line) => line.type === type && line.key === key)) return { type: 'known' };
  if (trusted.length === 0) return { type: 'unknown' };
  return {
    type: 'changed',
    fingerprints: trusted.map((line) => `${line.type} ${fingerprintOf(Buffer.from(line.key, 'base64'))}`),
  };
}

/** The line of known_hosts that makes the key known. */
export const knownHostLine = (host: string, port: number, { type, bytes }: HostKey): string =>
  `${hostName(host, port)} ${type} ${bytes.toString('base64')}`;
