/** What is known of TLS without a schema, for descriptors of engines, which the first screen loads. */

/**
 * How the wire is protected, from the weakest to the strongest. `encrypt` hides data from onlookers but trusts whoever
 * answers.
 *
 * `allow` and `prefer` are libpq's: plain text first, or TLS first, and the other where the server wants it so. Whoever is
 * on the way can choose plain text for both. They are for people who choose them by name: nothing ever falls to them.
 */
export const tlsModes = ['disable', 'allow', 'prefer', 'encrypt', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof tlsModes)[number];

/** Whether a connection under this mode may end up as plain text. */
export const mayBePlain = (mode: TlsMode): boolean =>
  mode === 'disable' || mode === 'allow' || mode === 'prefer';

/** The secret fields of every engine that has TLS. */
export const tlsSecretFields = ['clientKeyPassphrase'] as const;
export type TlsSecretField = (typeof tlsSecretFields)[number];

/** The newer of the two versions that are safe. */
export const newestTlsVersion = '1.3';
