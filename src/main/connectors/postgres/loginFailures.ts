import { type Explain, later, never, place } from './connectSubject.ts';

/** The server was reached, and did not let the user in. */
export const loginFailures = {
  passwordWrong: (subject) => ({
    ...never,
    code: 'AUTH_FAILED',
    title: `The server does not accept user ${subject.fields.user} with this password`,
    causes: [
      'The password is wrong, or has expired.',
      `There is no user ${subject.fields.user}: the server answers the same then.`,
    ],
    fixes: [
      'Type the password again; mind upper and lower case.',
      'Check the user name.',
      'Ask the administrator whether the password has expired, and for a new one.',
    ],
  }),
  passwordMissing: (subject) => ({
    ...never,
    code: 'PASSWORD_REQUIRED',
    title: `The server asks for the password of ${subject.fields.user}`,
    causes: ['No password is kept for this data source.'],
    fixes: ['Type the password and try again.'],
  }),
  methodRefused: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The way this server wants to be logged in to is not safe or not supported',
    causes: [
      'The server is set up to ask for passwords in a way that gives them away on an unencrypted network.',
      'It asks for Kerberos, a client certificate or another method that Mooring does not have.',
      'Somebody in between pretends to be the server to get the password.',
    ],
    fixes: [
      'Turn TLS on with "verify-full", then a password is safe with this server.',
      'Ask the administrator to use scram-sha-256 in pg_hba.conf.',
    ],
  }),
  methodDowngraded: (subject) => ({
    ...never,
    code: 'AUTH_METHOD_DOWNGRADED',
    title: `The server asks for the password of ${subject.fields.user} in a weaker way than before`,
    causes: [
      'Somebody in between pretends to be the server to get the password.',
      'The administrator has changed pg_hba.conf, or how this password is stored (password_encryption).',
    ],
    fixes: [
      'Ask the administrator whether the server no longer uses scram-sha-256.',
      'Connect again and confirm the weaker log-in only if this change is meant.',
    ],
  }),
  iterationsTooFew: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server asks for a SCRAM log-in that does not protect the password',
    causes: [
      'The password is stored with fewer than 4,096 iterations (scram_iterations), the least that RFC 7677 allows.',
      'Somebody in between pretends to be the server, to guess the password from the answer.',
    ],
    fixes: [
      'Ask the administrator to set scram_iterations to 4096 or more, then set the password again.',
      'Do not try again before you know why: nothing was sent that gives the password away.',
    ],
  }),
  iterationsTooMany: () => ({
    ...never,
    code: 'AUTH_METHOD_REFUSED',
    title: 'The server asks for more SCRAM iterations than Mooring calculates',
    causes: ['The password is stored with more than 2,000,000 iterations (scram_iterations).'],
    fixes: ['Ask the administrator to lower scram_iterations, then set the password again.'],
  }),
  serverUnproven: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${place(subject)} could not prove that it knows the password`,
    causes: [
      'Somebody in between pretends to be the server.',
      'The server or a pooler has an error in its SCRAM log-in.',
    ],
    fixes: ['Turn TLS on with "verify-full".', 'Ask the administrator before trying again.'],
  }),
  noHbaEntry: (subject) => ({
    ...never,
    code: 'NO_PG_HBA_ENTRY',
    title: `The server does not allow ${subject.fields.user} to reach ${subject.fields.database} from here`,
    causes: [
      "pg_hba.conf on the server has no line that allows this user, database and your computer's address, or one that rejects them.",
    ],
    fixes: [
      'Ask the administrator for a line in pg_hba.conf; the text below names the address that the server saw.',
      'Connect to the VPN: the server may allow only addresses inside.',
      'Check user and database.',
    ],
  }),
  loginForbidden: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `${subject.fields.user} may not log in`,
    causes: [
      `${subject.fields.user} is a group role (NOLOGIN), or has been locked.`,
      `Or there is no user ${subject.fields.user}; upper and lower case matter.`,
    ],
    fixes: [
      'Check the user name.',
      'Use a user of your own that is a member of the role.',
      `Ask the administrator for: ALTER ROLE "${subject.fields.user}" LOGIN.`,
    ],
  }),
  databaseUnknown: (subject) => ({
    ...never,
    code: 'DATABASE_NOT_FOUND',
    title: `There is no database named ${subject.fields.database}`,
    causes: ['The name is misspelt; upper and lower case matter.', 'The database is on another server.'],
    fixes: ['Check the name of the database.', 'Try the database "postgres", which most servers have.'],
  }),
  databaseForbidden: (subject) => ({
    ...never,
    code: 'PERMISSION_DENIED',
    title: `${subject.fields.user} may not open the database ${subject.fields.database}`,
    causes: ['The user lacks the CONNECT privilege.'],
    fixes: [
      `Ask the administrator for: GRANT CONNECT ON DATABASE "${subject.fields.database}" TO "${subject.fields.user}".`,
    ],
  }),
  tooManyConnections: (subject) => ({
    ...later,
    code: 'TOO_MANY_CONNECTIONS',
    title: 'The server has no free connection',
    causes: [
      `The server, the database ${subject.fields.database} or the user ${subject.fields.user} is at its limit of connections.`,
      'Other programs keep connections open that they do not use.',
    ],
    fixes: [
      'Try again in a moment.',
      'Lower the largest pool size of this data source, and close other tools.',
      'Ask the administrator to raise max_connections or the CONNECTION LIMIT.',
    ],
  }),
  // One SQLSTATE for all of these; only the server's words, in its own language, tell them apart.
  notReady: (subject) => ({
    ...later,
    code: 'SERVER_STARTING',
    title: `The server at ${place(subject)} is not ready for connections`,
    causes: [
      'It is starting, or recovering from a crash.',
      'It is shutting down.',
      'It is a standby that is not ready for reading yet.',
    ],
    fixes: ['Wait a moment and try again.'],
  }),
  shuttingDown: (subject) => ({
    ...later,
    code: 'SERVER_SHUTTING_DOWN',
    title: `The server at ${place(subject)} is shutting down`,
    causes: ['An administrator stops or restarts it.'],
    fixes: ['Wait until it is up again.'],
  }),
  poolerParameter: () => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: 'The connection pooler in front of the server refuses our settings',
    causes: [
      'PgBouncer refuses default_transaction_read_only, which keeps a read-only data source from writing, unless it is told to let it pass.',
    ],
    fixes: [
      'Connect to PostgreSQL itself instead, usually port 5432.',
      'Ask its administrator for: track_extra_parameters = default_transaction_read_only.',
      'Take the read-only mark off this data source, and use a user who may only read.',
    ],
  }),
  serverTrouble: (subject) => ({
    ...later,
    code: 'CONNECTION_LOST',
    title: `The server at ${place(subject)} is in trouble`,
    causes: ['It is out of memory, disk space or another resource.', 'Part of it has failed.'],
    fixes: ['Try again in a moment.', "Tell the administrator; the server's own words are below."],
  }),
  sessionRefused: (subject) => ({
    ...never,
    code: 'LOGIN_NOT_PERMITTED',
    title: `The server refused the session of ${subject.fields.user}`,
    causes: ["The server's own words are below."],
    fixes: ['Check user and database.', 'Ask the administrator.'],
  }),
} satisfies Record<string, Explain>;
