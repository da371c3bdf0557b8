/**
 * Names of the hops of a tunnel. A hop keeps its name when it is moved, so that its secrets in the vault stay its own.
 */
export const hopSlots = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type HopSlot = (typeof hopSlots)[number];

/**
 * How a person proves who they are to an SSH server. `config`: as the user's `~/.ssh/config` says; the host may then be
 * one of its aliases.
 */
export const sshAuthMethods = ['key', 'agent', 'password', 'interactive', 'config'] as const;
export type SshAuthMethod = (typeof sshAuthMethods)[number];

/** The secret fields of a hop. */
export const hopSecretsOf = (slot: HopSlot) =>
  ({ password: `sshPassword${slot}`, passphrase: `sshKeyPassphrase${slot}` }) as const;

export type HopSecretField = `sshPassword${HopSlot}` | `sshKeyPassphrase${HopSlot}`;
export type NetworkSecretField = HopSecretField | 'proxyPassword';

/** Secret fields of every engine that can be reached through a tunnel or a proxy. */
export const networkSecretFields: readonly NetworkSecretField[] = [
  ...hopSlots.flatMap((slot) => Object.values(hopSecretsOf(slot))),
  'proxyPassword',
];
