import type { ErrorAction } from '../../../../shared/errors/errorActions.ts';
import { type Explain, later, never, openFields, placeOf } from '../../network/failures/connectSubject.ts';

const verified: ErrorAction = { action: 'set-tls-mode', mode: 'verify-full' };

/** The server was reached, and did not let the user in. */
export const loginFailures = {
  tlsRequired: (subject) => ({
    ...never,
    code: 'TLS_REQUIRED',
    title: `The server requires TLS for ${subject.user}`,
    causes: [
      'The server accepts this log-in only over an encrypted connection.',
      `pg_hba.conf on the server has no entry for ${subject.user}, ${subject.database} and your address.`,
    ],
    fixes: [
      'Turn on TLS: choose "verify-full".',
      'If it also fails with TLS, ask the administrator to allow your address in pg_hba.conf.',
    ],
    actions: [verified],
  }),
  bindingImpossible: () => ({
    ...never,
    code: 'TLS_FAILED',
    title: "The log-in cannot be bound to the server's certificate",
    causes: ['The signature algorithm of the certificate has no hash that SCRAM-SHA-256-PLUS can use.'],
    fixes: ['Ask the administrator for a certificate with an RSA, ECDSA or Ed25519 signature.'],
  }),
  bindingRequired: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The log-in would not be bound to the TLS connection',
    causes: [
      'The server stores the password for MD5, asks for no password, or is older than PostgreSQL 11.',
      'A connection pooler or proxy in front of the server ends the TLS connection.',
      'Someone is in between, and passes the log-in on.',
    ],
    fixes: [
      'Ask the administrator to use scram-sha-256 for this user.',
      'Where a pooler or proxy is meant to be in between, set Channel binding to "If offered" under Encryption.',
    ],
  }),
  directTlsRefused: (subject) => ({
    ...never,
    code: 'TLS_NOT_SUPPORTED',
    title: `The server at ${placeOf(subject)} does not accept direct TLS`,
    causes: [
      'It is older than PostgreSQL 17.',
      'TLS is not set up on the server (ssl = off).',
      'A connection pooler or tunnel in front of the server does not know direct TLS.',
    ],
    fixes: ['Set Negotiation to "By request" under Encryption.'],
  }),
  clientCertificateRequired: ({ tls, user }) => ({
    ...never,
    code: 'TLS_CLIENT_CERTIFICATE_REQUIRED',
    title: `The server requires a client certificate for ${user}`,
    causes: [
      tls?.client === undefined
        ? 'This data source has no client certificate.'
        : 'The server did not accept the client certificate of this data source as one of its own authority.',
      'pg_hba.conf on the server has "cert" or "clientcert" for this log-in.',
    ],
    fixes: [
      'Choose the certificate and its key under Encryption.',
      'Ask the administrator for a client certificate.',
    ],
  }),
  passwordWrong: (subject) => ({
    ...never,
    code: 'AUTH_FAILED',
    title: `The server rejected the password of ${subject.user}`,
    causes: [
      'The password is wrong or has expired.',
      `There is no user ${subject.user}: the server gives the same answer in that case.`,
      ...(subject.tls?.client === undefined
        ? []
        : [
            `The client certificate was issued for another name than ${subject.user} (clientcert=verify-full).`,
          ]),
    ],
    fixes: [
      'Enter the password again; it is case-sensitive.',
      'Check the user name.',
      'Ask the administrator whether the password has expired, and request a new one.',
    ],
    actions: openFields('password', 'user'),
  }),
  passwordMissing: (subject) => ({
    ...never,
    code: 'PASSWORD_REQUIRED',
    title: `The server requires a password for ${subject.user}`,
    causes: ['No password is saved for this data source.'],
    fixes: ['Enter the password and try again.'],
    actions: openFields('password'),
  }),
  methodRefused: ({ tls }) => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server requires a log-in method that is unsafe or not supported',
    causes: [
      'The server is configured to ask for passwords in a way that exposes them on an unencrypted network.',
      'It requires another method that Mooring does not support.',
      'Someone is impersonating the server to obtain the password.',
    ],
    fixes: [
      'Turn on TLS with "verify-full": the password is then safe with this server.',
      'Ask the administrator to use scram-sha-256 in pg_hba.conf.',
    ],
    actions: tls?.mode === 'verify-full' ? [] : [verified],
  }),
  singleSignOn: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: `The server requires Kerberos for ${subject.user}, which Mooring does not support`,
    causes: [
      'pg_hba.conf on the server asks this user for a single sign-on (gss or sspi).',
      'Mooring logs in with passwords only: it supports neither Kerberos (GSSAPI) nor Windows single sign-on (SSPI).',
    ],
    fixes: [
      'Ask the administrator for an entry in pg_hba.conf with scram-sha-256 for this user and your address.',
      'Use another database user, one that logs in with a password.',
    ],
  }),
  /** Peer, ident, a certificate or another method that asks for no password. */
  notProven: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The server did not accept the log-in of ${subject.user}`,
    causes:
      'socketPath' in subject.place
        ? [
            `pg_hba.conf uses peer authentication for local sockets: it lets you in only as the database user that your account on this computer stands for, and that is not ${subject.user}.`,
          ]
        : [
            ...(subject.tls?.client === undefined
              ? []
              : [
                  `The client certificate was issued for another name than ${subject.user} (its common name, CN), and no line in pg_ident.conf allows it.`,
                ]),
            "The method in pg_hba.conf asks for no password; the server's message names it.",
          ],
    fixes:
      'socketPath' in subject.place
        ? [
            'Enter the name of your account on this computer as the user.',
            'Connect over TCP/IP to localhost, with a password.',
            'Ask the administrator to map your account in pg_ident.conf.',
          ]
        : ['Check the user name.', 'Ask the administrator for an entry in pg_hba.conf with scram-sha-256.'],
  }),
  methodDowngraded: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_DOWNGRADED',
    title: `The server asks for the password of ${subject.user} with a weaker method than before`,
    causes: [
      'Someone is impersonating the server to obtain the password.',
      'The administrator has changed pg_hba.conf, or how this password is stored (password_encryption).',
    ],
    fixes: [
      'Ask the administrator whether the server no longer uses scram-sha-256.',
      'Connect again and confirm the weaker log-in only if this change is intended.',
    ],
  }),
  iterationsTooFew: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server asks for a SCRAM log-in that does not protect the password',
    causes: [
      'The password is stored with fewer than 4,096 iterations (scram_iterations), the minimum that RFC 7677 allows.',
      'Someone is impersonating the server to guess the password from the response.',
    ],
    fixes: [
      'Ask the administrator to set scram_iterations to 4096 or more, then set the password again.',
      'Do not try again until you know the reason. Nothing that reveals the password was sent.',
    ],
  }),
  iterationsTooMany: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server asks for more SCRAM iterations than Mooring accepts',
    causes: ['The password is stored with more than 2,000,000 iterations (scram_iterations).'],
    fixes: ['Ask the administrator to lower scram_iterations, then set the password again.'],
  }),
  serverUnproven: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${placeOf(subject)} could not prove that it knows the password`,
    causes: [
      'Someone is impersonating the server.',
      'The SCRAM implementation of the server or a connection pooler is faulty.',
    ],
    fixes: ['Turn on TLS with "verify-full".', 'Ask the administrator before trying again.'],
    actions: subject.tls?.mode === 'verify-full' ? [] : [verified],
  }),
  noHbaEntry: (subject) => ({
    ...never,
    code: 'NO_PG_HBA_ENTRY',
    title: `The server does not allow ${subject.user} to connect to ${subject.database} from this computer`,
    causes: [
      "pg_hba.conf on the server has no entry for this user, database and your computer's address, or has one that rejects them.",
    ],
    fixes: [
      "Ask the administrator to add an entry to pg_hba.conf; the server's message names the address that the server saw.",
      'Connect to the VPN: the server may allow only addresses inside it.',
      'Check the user and database.',
    ],
    actions: openFields('user', 'database'),
  }),
  loginForbidden: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `${subject.user} is not allowed to log in`,
    causes: [
      `${subject.user} is a group role (NOLOGIN), or has been locked.`,
      `There is no user ${subject.user}; names are case-sensitive.`,
    ],
    fixes: [
      'Check the user name.',
      'Log in as a user of your own that is a member of the role.',
      `Ask the administrator to run: ALTER ROLE "${subject.user}" LOGIN.`,
    ],
    actions: openFields('user'),
  }),
  databaseUnknown: (subject) => ({
    ...never,
    code: 'DATABASE_NOT_FOUND',
    title: `There is no database named ${subject.database}`,
    causes: ['The name is misspelt; names are case-sensitive.', 'The database is on another server.'],
    fixes: ['Check the database name.', 'Try the database "postgres", which most servers have.'],
    actions: [{ action: 'choose-database' }, ...openFields('database')],
  }),
  databaseForbidden: (subject) => ({
    ...never,
    code: 'PERMISSION_DENIED',
    title: `${subject.user} is not allowed to connect to the database ${subject.database}`,
    causes: ['The user lacks the CONNECT privilege.'],
    fixes: [
      `Ask the administrator to run: GRANT CONNECT ON DATABASE "${subject.database}" TO "${subject.user}".`,
    ],
    actions: [{ action: 'choose-database' }],
  }),
  tooManyConnections: (subject) => ({
    ...later,
    code: 'TOO_MANY_CONNECTIONS',
    title: 'The server has no free connections',
    causes: [
      `The server, the database ${subject.database} or the user ${subject.user} has reached its connection limit.`,
      'Other programs keep unused connections open.',
    ],
    fixes: [
      'Try again in a moment.',
      'Reduce the maximum pool size of this data source, and close other tools.',
      'Ask the administrator to increase max_connections or the CONNECTION LIMIT.',
    ],
    actions: [{ action: 'open-activity' }, { action: 'open-limit', field: 'poolMax' }],
  }),
  // One SQLSTATE for all of these; only the server's words, in its own language, tell them apart.
  notReady: (subject) => ({
    ...later,
    code: 'SERVER_STARTING',
    title: `The server at ${placeOf(subject)} is not ready for connections`,
    causes: [
      'It is starting, or recovering from a crash.',
      'It is shutting down.',
      'It is a standby that does not accept read-only connections yet.',
    ],
    fixes: ['Wait a moment and try again.'],
  }),
  shuttingDown: (subject) => ({
    ...later,
    code: 'SERVER_SHUTTING_DOWN',
    title: `The server at ${placeOf(subject)} is shutting down`,
    causes: ['An administrator is stopping or restarting it.'],
    fixes: ['Wait until it is running again.'],
  }),
  serverTrouble: (subject) => ({
    ...later,
    code: 'CONNECTION_LOST',
    title: `The server at ${placeOf(subject)} has a problem`,
    causes: ['It is out of memory, disk space or another resource.', 'An internal component has failed.'],
    fixes: ['Try again in a moment.', "Send the server's message to the administrator."],
  }),
  sessionRefused: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The server rejected the session of ${subject.user}`,
    causes: ["The server's message gives the reason."],
    fixes: ['Check the user and database.', 'Ask the administrator.'],
  }),
} satisfies Record<string, Explain>;
