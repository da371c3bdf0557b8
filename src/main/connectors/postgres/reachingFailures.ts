import { type Explain, isLocal, later, never, place } from './connectSubject.ts';

/** The server was not reached, or what was reached is not one. */
export const reachingFailures = {
  refused: (subject) => ({
    ...later,
    code: 'CONNECTION_REFUSED',
    title: `Nothing accepts connections at ${place(subject)}`,
    causes: [
      'The PostgreSQL server is not running.',
      `It listens on another port than ${subject.fields.port}, or only for its own machine.`,
      'A firewall refuses the connection.',
    ],
    fixes: [
      isLocal(subject)
        ? 'Start PostgreSQL on this computer; in a container, publish its port.'
        : `Ask whoever runs ${subject.fields.host} whether PostgreSQL is up.`,
      'Check the port: PostgreSQL usually has 5432, PgBouncer 6432.',
      'If the server is reached by VPN or SSH tunnel, open that first.',
    ],
  }),
  hostUnknown: (subject) => ({
    ...never,
    code: 'HOST_NOT_FOUND',
    title: `There is no host named ${subject.fields.host}`,
    causes: ['The name is misspelt.', 'The name is known only inside a company network or VPN.'],
    fixes: [
      'Check the host name.',
      'Connect to the VPN, then try again.',
      'Try the IP address of the server instead.',
    ],
  }),
  dnsUnavailable: (subject) => ({
    ...later,
    code: 'DNS_UNAVAILABLE',
    title: `The name ${subject.fields.host} could not be looked up`,
    causes: [
      'This computer is offline.',
      'The name server does not answer, as it happens while a VPN comes up.',
    ],
    fixes: ['Check the network and the VPN, then try again.', 'Try the IP address of the server instead.'],
  }),
  unreachable: (subject) => ({
    ...later,
    code: 'HOST_UNREACHABLE',
    title: `There is no way from here to ${subject.fields.host}`,
    causes: ['This computer is offline, or the VPN is down.', 'A router or firewall blocks the way.'],
    fixes: ['Check the network and the VPN, then try again.', 'Check that the host is the right one.'],
  }),
  timeout: (subject) => ({
    ...later,
    code: 'CONNECT_TIMEOUT',
    title: `No answer from ${place(subject)} within ${subject.fields.timeouts.connectMs / 1_000} s`,
    causes: [
      `Time ran out ${subject.during}.`,
      'A firewall drops the packets without a word, or the VPN is down.',
      'The server is stopped or overloaded.',
    ],
    fixes: [
      'Check network and VPN, then try again.',
      'Check host and port.',
      'Ask whether your address is allowed to reach the server.',
      'Raise the connect time-out if the server is just slow.',
    ],
  }),
  reset: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `The connection to ${place(subject)} was cut off`,
    causes: [
      `It was reset ${subject.during}.`,
      'The server, a proxy or a firewall ended it.',
      'Another service than PostgreSQL listens there.',
    ],
    fixes: ['Try again.', 'Check host and port.', "Look into the server's log for the reason."],
  }),
  closed: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `${place(subject)} closed the connection without a word`,
    causes: [
      `It happened ${subject.during}.`,
      'A proxy or load balancer has no server behind it.',
      'Another service than PostgreSQL listens there.',
    ],
    fixes: ['Try again.', 'Check host and port.', "Look into the server's log for the reason."],
  }),
  protocol: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `What answers at ${place(subject)} does not speak PostgreSQL`,
    causes: ['The port belongs to another service.', 'A proxy in between changes what is sent.'],
    fixes: [
      'Check host and port: PostgreSQL usually has 5432, PgBouncer 6432.',
      'Ask whoever runs the server for its PostgreSQL port.',
    ],
  }),
  otherService: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${place(subject)} is ${subject.service ?? 'another server'}, not a PostgreSQL server`,
    causes: ['The port belongs to another service.', 'A proxy in between answers in place of the server.'],
    fixes: [
      'Check host and port: PostgreSQL usually has 5432, PgBouncer 6432.',
      'Ask whoever runs the server for its PostgreSQL port.',
    ],
  }),
  flood: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${place(subject)} sends too many messages that nobody asked for`,
    causes: ['The server, or a pooler or proxy in front of it, is faulty or hostile.'],
    fixes: ['Check host and port.', 'Ask the administrator before trying again.'],
  }),
} satisfies Record<string, Explain>;
