import type { ErrorAction } from '../../../../shared/errors/errorActions.ts';
import {
  type Explain,
  hostOf,
  isLocal,
  later,
  never,
  openFields,
  placeOf,
} from '../../network/failures/connectSubject.ts';

const verified: ErrorAction = { action: 'set-tls-mode', mode: 'verify-full' };

/** The server was reached, and did not let us in; or we did not give it what it asked for. */
export const loginFailures = {
  passwordWrong: (subject) => ({
    ...never,
    code: 'AUTH_FAILED',
    title: `The server refused the user or password of ${subject.user}`,
    causes: [
      'The password is wrong or was changed.',
      `There is no account for ${subject.user} from this computer; an account is for a user and an address.`,
      ...(subject.tls === null || subject.tls.mode !== 'disable'
        ? []
        : [
            'The account, or the server, may accept only encrypted connections (REQUIRE SSL), and TLS is turned off here.',
          ]),
      ...(subject.tls === null || subject.tls.client !== undefined
        ? []
        : ['The account may require a client certificate (REQUIRE X509), and none is chosen here.']),
    ],
    fixes: [
      'Enter the password again.',
      'Check the user; names of users are case-sensitive.',
      ...(subject.tls?.mode === 'disable' ? ['Turn on TLS, and try again.'] : []),
      `Ask the administrator which addresses ${subject.user} may come from.`,
    ],
    actions: [...openFields('password', 'user'), ...(subject.tls?.mode === 'disable' ? [verified] : [])],
  }),
  passwordMissing: (subject) => ({
    ...never,
    code: 'PASSWORD_REQUIRED',
    title: `The server asks for the password of ${subject.user}`,
    causes: [
      'No password is saved for this data source.',
      `There is no account for ${subject.user} without a password.`,
    ],
    fixes: ['Enter the password.', 'Check the user.'],
    actions: openFields('password', 'user'),
  }),
  methodUnknown: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server asks for a log-in method that Mooring does not support',
    causes: [
      `${subject.words} Mooring supports mysql_native_password, caching_sha2_password, sha256_password, ed25519, and with verified TLS dialog and mysql_clear_password.`,
      `If ${subject.user} has a password as well, the password may be wrong.`,
    ],
    fixes: [
      `Ask the administrator to let ${subject.user} log in with caching_sha2_password or ed25519.`,
      'Check the password.',
    ],
  }),
  singleSignOn: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: `The server requires Kerberos for ${subject.user}, which Mooring does not support`,
    causes: [
      subject.words,
      'Mooring logs in with passwords only: it supports neither Kerberos (GSSAPI) nor Windows single sign-on (SSPI).',
    ],
    fixes: [
      `Ask the administrator to let ${subject.user} log in with caching_sha2_password or ed25519.`,
      'Use another database user, one that logs in with a password.',
    ],
  }),
  passwordExposed: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The log-in would expose the password',
    causes: [
      `${subject.words} Nothing was sent.`,
      subject.tls?.mode === 'encrypt'
        ? 'TLS is on, but the certificate is not verified: anybody could have asked.'
        : 'TLS is turned off. Without it the server takes a password that it does not remember only in a way that others can read.',
      `A wrong password leads here too, and so does a user ${subject.user} that does not exist: the server asks before it compares.`,
    ],
    fixes: [
      subject.tls?.mode === 'encrypt'
        ? 'Choose "verify-full", or "verify-ca" with the CA certificate.'
        : 'Turn on TLS: choose "verify-full", or "encrypt" if the certificate cannot be verified.',
      isLocal(subject)
        ? 'For a server on this computer, connect through its socket instead.'
        : `Ask the administrator of ${hostOf(subject)} for the CA certificate of the server.`,
    ],
    actions: subject.tls === null || subject.tls.mode === 'verify-full' ? [] : [verified],
  }),
  methodDowngraded: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_DOWNGRADED',
    title: 'The server asks for a weaker log-in method than before',
    causes: [
      subject.words,
      'Someone is impersonating the server to get at the password.',
      'The administrator has changed how this user logs in.',
    ],
    fixes: [
      'Ask the administrator whether the log-in method of the user was changed.',
      'Connect again and confirm the weaker log-in only if this change is intended.',
    ],
  }),
  hostNotAllowed: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: 'The server accepts no connections from this computer',
    causes: ['There is no account that may come from the address of this computer.'],
    fixes: [
      "Ask the administrator to create an account for this address; the server's message names it.",
      `Connect to the VPN: the server at ${placeOf(subject)} may allow only addresses inside it.`,
    ],
  }),
  hostBlocked: () => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: 'The server has blocked this computer',
    causes: [
      'Too many connections from this address were interrupted before they logged in (max_connect_errors).',
    ],
    fixes: ['Ask the administrator to run: FLUSH HOSTS, or mysqladmin flush-hosts.'],
  }),
  socketOnly: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The server refused to log in ${subject.user}`,
    causes: [
      'The account may log in only through the local socket of the server, as the user of the operating system with the same name (unix_socket, auth_socket).',
      'The password is wrong.',
    ],
    fixes: [
      'Use another account that has a password.',
      'On the computer of the server, connect through its socket.',
    ],
    actions: openFields('user', 'password'),
  }),
  accountLocked: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The account of ${subject.user} is locked`,
    causes: ['An administrator locked it.', 'A wrong password was given too often.'],
    fixes: [`Ask the administrator to run: ALTER USER … ACCOUNT UNLOCK for ${subject.user}.`],
  }),
  passwordExpired: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The password of ${subject.user} has expired`,
    causes: ['The account must get a new password before it may be used.'],
    fixes: [
      'Set a new password with another client: ALTER USER USER() IDENTIFIED BY …',
      'Ask the administrator.',
    ],
  }),
  tlsRequired: (subject) => ({
    ...never,
    code: 'TLS_REQUIRED',
    title: `The server requires TLS for ${subject.user}`,
    causes: ['The server accepts only encrypted connections (require_secure_transport).'],
    fixes: ['Turn on TLS: choose "verify-full", or "encrypt" if the certificate cannot be verified.'],
    actions: [verified],
  }),
  databaseUnknown: (subject) => ({
    ...never,
    code: 'DATABASE_NOT_FOUND',
    title: `There is no database named ${subject.database ?? ''}`,
    causes: [
      'The name is misspelt; on many servers it is case-sensitive.',
      'The database is on another server.',
    ],
    fixes: ['Check the database name.', 'Leave it empty to see all databases that the user may use.'],
    actions: [{ action: 'choose-database' }, ...openFields('database')],
  }),
  databaseForbidden: (subject) => ({
    ...never,
    code: 'PERMISSION_DENIED',
    title: `${subject.user} is not allowed to use the database ${subject.database ?? ''}`,
    causes: [
      'The user has no privilege on the database.',
      'There is no such database: a user without privileges is not told.',
    ],
    fixes: [
      `Ask the administrator for a privilege, such as: GRANT SELECT ON \`${subject.database ?? ''}\`.* TO ${subject.user}.`,
      'Leave the database empty to see what the user may use.',
    ],
    actions: [{ action: 'choose-database' }, ...openFields('database')],
  }),
  tooManyConnections: (subject) => ({
    ...later,
    code: 'TOO_MANY_CONNECTIONS',
    title: 'The server has no free connections',
    causes: [
      `The server has reached its limit (max_connections), or ${subject.user} has reached one of its own (max_user_connections).`,
      'Other programs keep unused connections open.',
    ],
    fixes: [
      'Try again in a moment.',
      'Reduce the maximum pool size of this data source, and close other tools.',
      'Ask the administrator to increase the limit.',
    ],
    actions: [{ action: 'open-activity' }, { action: 'open-limit', field: 'poolMax' }],
  }),
  timeZoneUnknown: () => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: 'The server does not know the time zone of this data source',
    causes: [
      'The name is misspelt.',
      'The tables of time zones are empty on the server, so that it knows no names (mysql_tzinfo_to_sql fills them).',
    ],
    fixes: ['Use an offset such as +02:00.', 'Leave the time zone empty to use that of the server.'],
    actions: openFields('timeZone'),
  }),
  notReady: (subject) => ({
    ...later,
    code: 'SERVER_STARTING',
    title: `The server at ${placeOf(subject)} is not ready for connections`,
    causes: ['It is starting, or recovering from a crash.', 'It is in offline mode.'],
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
    causes: [
      'It is out of memory, disk space or another resource.',
      'It waited too long for an answer, or could not read one.',
    ],
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
