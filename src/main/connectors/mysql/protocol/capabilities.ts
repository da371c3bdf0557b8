/** Capability flags of the log-in (MySQL manual, "Capabilities Flags"). Those that are not named here are never set. */
export const capability = {
  /** MySQL always sets it. MariaDB leaves it out and has flags of its own in its place. */
  mysql: 1,
  longFlag: 1 << 2,
  connectWithDatabase: 1 << 3,
  compress: 1 << 5,
  localFiles: 1 << 7,
  protocol41: 1 << 9,
  tls: 1 << 11,
  transactions: 1 << 13,
  secureConnection: 1 << 15,
  /** A statement may answer with several results, as a CALL does. */
  multiResults: 1 << 17,
  pluginAuth: 1 << 19,
  connectAttributes: 1 << 20,
  longAuthResponse: 1 << 21,
  sessionTrack: 1 << 23,
  deprecateEof: 1 << 24,
} as const;

/** MariaDB's own flags: column types that the protocol has no number for, such as UUID and JSON. */
export const mariadbExtendedMetadata = 1 << 3;

/** Without these there is no log-in that we speak. */
const required = capability.protocol41 | capability.secureConnection | capability.pluginAuth;

/**
 * What we ask of any server that offers it. Left out on purpose:
 * - MULTI_STATEMENTS: what is sent is one statement.
 * - IGNORE_SPACE: it would change the sql_mode of the session.
 * - CAN_HANDLE_EXPIRED_PASSWORDS: an expired password is refused at the log-in, in words, and not at each statement.
 */
const wanted =
  required |
  capability.longFlag |
  capability.transactions |
  capability.multiResults |
  capability.connectAttributes |
  capability.longAuthResponse |
  capability.sessionTrack |
  capability.deprecateEof;

export interface OfferedCapabilities {
  readonly capabilities: number;
  readonly mariadbCapabilities: number;
}

export interface CapabilityWish {
  readonly tls: boolean;
  readonly database: boolean;
  readonly compress: boolean;
  /** Data for LOAD DATA LOCAL is sent. A server could ask for it at any time, so only sessions that load rows have this. */
  readonly localFiles: boolean;
}

/** What a session uses. */
export interface Capabilities {
  readonly flags: number;
  readonly mariadbFlags: number;
}

/** Whether the server has all that we cannot do without. */
export function isModern({ capabilities }: OfferedCapabilities): boolean {
  return (capabilities & required) === required;
}

/** The flags to log in with: never one that the server does not offer. */
export function chooseCapabilities(offered: OfferedCapabilities, wish: CapabilityWish): Capabilities {
  const mariadbFlags = offered.mariadbCapabilities & mariadbExtendedMetadata;
  const wished =
    wanted |
    (wish.tls ? capability.tls : 0) |
    (wish.database ? capability.connectWithDatabase : 0) |
    (wish.compress ? capability.compress : 0) |
    // Frames of a file would have to go on with the server's numbers.
    (wish.localFiles && !wish.compress ? capability.localFiles : 0) |
    // With it the server would not read MariaDB's flags.
    (mariadbFlags === 0 ? capability.mysql : 0);
  return { flags: wished & offered.capabilities, mariadbFlags };
}

/** Status of the session, in OK packets and at the end of results. */
export const sessionStatus = {
  inTransaction: 1,
  moreResults: 1 << 3,
  noBackslashEscapes: 1 << 9,
  readOnlyTransaction: 1 << 13,
  sessionStateChanged: 1 << 14,
} as const;
