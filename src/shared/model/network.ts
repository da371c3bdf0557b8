import { z } from 'zod';
import { hostSchema, identifier, portSchema } from './fieldText.ts';
import { filePathSchema } from './filePath.ts';
import { hopSlots, sshAuthMethods } from './sshHops.ts';

/** Longest user name of SSH or a proxy, in bytes. SOCKS 5 has one byte for its length (RFC 1929). */
const maxUserBytes = 255;

const userSchema = identifier('User', maxUserBytes);

/** One SSH server on the way; no secret is in here. */
export const sshHopSchema = z
  .strictObject({
    slot: z.enum(hopSlots),
    host: hostSchema,
    /** Null: 22, or what `~/.ssh/config` says. */
    port: portSchema.nullable(),
    /** Null only where `~/.ssh/config` is read: what it says, else the user of this computer. */
    user: userSchema.nullable(),
    auth: z.enum(sshAuthMethods),
    /** Absolute, or begins with `~/`. Null for other ways than a key. */
    keyPath: filePathSchema('Key file').nullable(),
  })
  .refine(({ auth, user }) => auth === 'config' || user !== null, {
    error: 'User is required',
    path: ['user'],
  })
  .refine(({ auth, keyPath }) => auth !== 'key' || keyPath !== null, {
    error: 'Key file is required',
    path: ['keyPath'],
  });
export type SshHop = z.infer<typeof sshHopSchema>;

const sshNetworkSchema = z.strictObject({
  type: z.literal('ssh'),
  /** From the first one that this computer reaches to the one that reaches the server. */
  hops: z
    .array(sshHopSchema)
    .min(1, { error: 'An SSH tunnel has at least one server' })
    .max(hopSlots.length, { error: `An SSH tunnel has at most ${hopSlots.length} servers` })
    .refine((hops) => new Set(hops.map(({ slot }) => slot)).size === hops.length, {
      error: 'Two SSH servers have the same name',
    }),
});

const proxyNetworkSchema = z.strictObject({
  type: z.enum(['socks5', 'http-connect']),
  host: hostSchema,
  port: portSchema,
  /** Null: the proxy asks for no log-in. */
  user: userSchema.nullable(),
});

/** What a connection goes through on its way to the server. Without it, straight from this computer. */
export const networkSchema = z.discriminatedUnion('type', [sshNetworkSchema, proxyNetworkSchema]);
export type NetworkSettings = z.infer<typeof networkSchema>;
export type SshNetwork = z.infer<typeof sshNetworkSchema>;
export type ProxyNetwork = z.infer<typeof proxyNetworkSchema>;
