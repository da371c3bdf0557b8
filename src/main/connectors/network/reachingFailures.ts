import { type Explain, isLocal, later, never, place } from './connectSubject.ts';

/** The server was not reached, or what was reached is not one. */
export const reachingFailures = {
  refused: (subject) => ({
    ...later,
    code: 'CONNECTION_REFUSED',
    title: `The connection to ${place(subject)} was refused`,
    causes: [
      'The PostgreSQL server is not running.',
      `It listens on a port other than ${subject.fields.port}, or only on its own machine.`,
      'A firewall rejects the connection.',
    ],
    fixes: [
      isLocal(subject)
        ? 'Start PostgreSQL on this computer; if it runs in a container, publish its port.'
        : `Ask the administrator of ${subject.fields.host} whether PostgreSQL is running.`,
      'Check the port: PostgreSQL usually uses 5432, PgBouncer 6432.',
      'If the server is behind a VPN or an SSH tunnel, connect that first.',
    ],
  }),
  hostUnknown: (subject) => ({
    ...never,
    code: 'HOST_NOT_FOUND',
    title: `The host ${subject.fields.host} was not found`,
    causes: ['The name is misspelt.', 'The name resolves only inside a company network or VPN.'],
    fixes: [
      'Check the host name.',
      'Connect to the VPN, then try again.',
      'Try the IP address of the server instead.',
    ],
  }),
  dnsUnavailable: (subject) => ({
    ...later,
    code: 'DNS_UNAVAILABLE',
    title: `The DNS lookup of ${subject.fields.host} failed`,
    causes: [
      'This computer is offline.',
      'The DNS server is not responding, which can happen while a VPN is connecting.',
    ],
    fixes: ['Check the network and the VPN, then try again.', 'Try the IP address of the server instead.'],
  }),
  unreachable: (subject) => ({
    ...later,
    code: 'HOST_UNREACHABLE',
    title: `No route to ${subject.fields.host}`,
    causes: ['This computer is offline, or the VPN is down.', 'A router or firewall blocks the connection.'],
    fixes: ['Check the network and the VPN, then try again.', 'Check that the host is correct.'],
  }),
  timeout: (subject) => ({
    ...later,
    code: 'CONNECT_TIMEOUT',
    title: `No response from ${place(subject)} within ${subject.fields.timeouts.connectMs / 1_000} s`,
    causes: [
      `The time-out expired ${subject.during}.`,
      'A firewall silently drops the packets, or the VPN is down.',
      'The server is stopped or overloaded.',
    ],
    fixes: [
      'Check network and VPN, then try again.',
      'Check the host and port.',
      'Ask the administrator whether your address is allowed to reach the server.',
      'Increase the connect time-out if the server is just slow.',
    ],
  }),
  reset: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `The connection to ${place(subject)} was reset`,
    causes: [
      `It was reset ${subject.during}.`,
      'The server, a proxy or a firewall ended it.',
      'A service other than PostgreSQL is listening there.',
    ],
    fixes: ['Try again.', 'Check the host and port.', 'Check the server log for the reason.'],
  }),
  closed: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `${place(subject)} closed the connection without an error message`,
    causes: [
      `This happened ${subject.during}.`,
      'A proxy or load balancer has no available server behind it.',
      'A service other than PostgreSQL is listening there.',
    ],
    fixes: ['Try again.', 'Check the host and port.', 'Check the server log for the reason.'],
  }),
  protocol: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `The service at ${place(subject)} is not a PostgreSQL server`,
    causes: ['The port belongs to another service.', 'A proxy on the way alters the traffic.'],
    fixes: [
      'Check the host and port: PostgreSQL usually uses port 5432, PgBouncer 6432.',
      'Ask the administrator for the PostgreSQL port of the server.',
    ],
  }),
  otherService: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${place(subject)} is ${subject.service ?? 'another server'}, not a PostgreSQL server`,
    causes: ['The port belongs to another service.', 'A proxy on the way responds in place of the server.'],
    fixes: [
      'Check the host and port: PostgreSQL usually uses port 5432, PgBouncer 6432.',
      'Ask the administrator for the PostgreSQL port of the server.',
    ],
  }),
  flood: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${place(subject)} sends too many unsolicited messages`,
    causes: ['The server, or a pooler or proxy in front of it, is faulty or hostile.'],
    fixes: ['Check the host and port.', 'Ask the administrator before trying again.'],
  }),
} satisfies Record<string, Explain>;
