import type { ErrorAction } from '../../../../shared/errors/errorActions.ts';
import {
  type ConnectSubject,
  type Explain,
  hostOf,
  isLocal,
  later,
  never,
  openFields,
  placeOf,
} from './connectSubject.ts';

/** The server was not reached, or what was reached is not one. */
export const reachingFailures = {
  refused: (subject) => ({
    ...later,
    code: 'CONNECTION_REFUSED',
    title: `The connection to ${placeOf(subject)} was refused`,
    causes: [
      `The ${subject.engine.label} server is not running.`,
      ...('socketPath' in subject.place
        ? []
        : [
            `It listens on a port other than ${subject.place.port}, or only on its own machine.`,
            'A firewall rejects the connection.',
          ]),
    ],
    fixes:
      'socketPath' in subject.place
        ? [startHere(subject), 'Check the path of the socket.']
        : [
            isLocal(subject)
              ? `Start ${subject.engine.label} on this computer; if it runs in a container, publish its port.`
              : `Ask the administrator of ${hostOf(subject)} whether ${subject.engine.label} is running.`,
            `Check the port: ${subject.engine.usualPorts}.`,
            'If the server is behind a VPN or an SSH tunnel, connect that first.',
          ],
    actions: 'socketPath' in subject.place ? openFields('socketPath') : withDemo(otherPort(subject), subject),
  }),
  socketMissing: (subject) => ({
    ...later,
    code: 'CONNECTION_REFUSED',
    title: `There is no socket at ${hostOf(subject)}`,
    causes: [`The ${subject.engine.label} server is not running.`, 'Its socket is at another path.'],
    fixes: [startHere(subject), 'Look up the path of the socket in the settings of the server.'],
    actions: openFields('socketPath'),
  }),
  socketForbidden: (subject) => ({
    ...never,
    code: 'HOST_UNREACHABLE',
    title: `This computer does not let you use ${placeOf(subject)}`,
    causes: ['You have no permission to open the socket or the folder that it is in.'],
    fixes: ['Ask the administrator for permission.', 'Connect with host and port instead.'],
    actions: openFields('socketPath'),
  }),
  hostUnknown: (subject) => ({
    ...never,
    code: 'HOST_NOT_FOUND',
    title: `The host ${hostOf(subject)} was not found`,
    causes: ['The name is misspelt.', 'The name resolves only inside a company network or VPN.'],
    fixes: [
      'Check the host name.',
      'Connect to the VPN, then try again.',
      'Try the IP address of the server instead.',
    ],
    actions: ownFields(subject, 'host'),
  }),
  dnsUnavailable: (subject) => ({
    ...later,
    code: 'DNS_UNAVAILABLE',
    title: `The DNS lookup of ${hostOf(subject)} failed`,
    causes: [
      'This computer is offline.',
      'The DNS server is not responding, which can happen while a VPN is connecting.',
    ],
    fixes: ['Check the network and the VPN, then try again.', 'Try the IP address of the server instead.'],
  }),
  unreachable: (subject) => ({
    ...later,
    code: 'HOST_UNREACHABLE',
    title: `No route to ${hostOf(subject)}`,
    causes: ['This computer is offline, or the VPN is down.', 'A router or firewall blocks the connection.'],
    fixes: ['Check the network and the VPN, then try again.', 'Check that the host is correct.'],
    actions: ownFields(subject, 'host'),
  }),
  timeout: (subject) => ({
    ...later,
    code: 'CONNECT_TIMEOUT',
    title: `No response from ${placeOf(subject)} within ${subject.connectMs / 1_000} s`,
    causes: [
      `The time-out expired ${subject.during}.`,
      ...('socketPath' in subject.place
        ? []
        : ['A firewall silently drops the packets, or the VPN is down.']),
      'The server is stopped or overloaded.',
    ],
    fixes: [
      ...('socketPath' in subject.place
        ? []
        : [
            'Check network and VPN, then try again.',
            'Check the host and port.',
            'Ask the administrator whether your address is allowed to reach the server.',
          ]),
      'Increase the connect time-out if the server is just slow.',
    ],
    actions: [...ownFields(subject, 'host'), { action: 'open-limit', field: 'connectSeconds' }],
  }),
  reset: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `The connection to ${placeOf(subject)} was reset`,
    causes: [
      `It was reset ${subject.during}.`,
      'The server, a proxy or a firewall ended it.',
      somethingElse(subject),
    ],
    fixes: ['Try again.', 'Check the host and port.', 'Check the server log for the reason.'],
  }),
  closed: (subject) => ({
    ...later,
    code: 'CONNECTION_RESET',
    title: `${sentenceStart(placeOf(subject))} closed the connection without an error message`,
    causes: [
      `This happened ${subject.during}.`,
      'A proxy or load balancer has no available server behind it.',
      somethingElse(subject),
    ],
    fixes: ['Try again.', 'Check the host and port.', 'Check the server log for the reason.'],
  }),
  protocol: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `The service at ${placeOf(subject)} is not a ${subject.engine.label} server`,
    causes: ['The port belongs to another service.', 'A proxy on the way alters the traffic.'],
    fixes: findThePort(subject),
    actions: otherPort(subject),
  }),
  otherService: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${sentenceStart(placeOf(subject))} is ${subject.service ?? 'another server'}, not a ${subject.engine.label} server`,
    causes: ['The port belongs to another service.', 'A proxy on the way responds in place of the server.'],
    fixes: findThePort(subject),
    actions: [...itsEngine(subject), ...otherPort(subject)],
  }),
  flood: (subject) => ({
    ...never,
    code: 'PROTOCOL_ERROR',
    title: `${sentenceStart(placeOf(subject))} sends too many unsolicited messages`,
    causes: ['The server, or a pooler or proxy in front of it, is faulty or hostile.'],
    fixes: ['Check the host and port.', 'Ask the administrator before trying again.'],
  }),
} satisfies Record<string, Explain>;

/** Those of the data source; a station on the way has others. */
const ownFields = ({ engine }: ConnectSubject, ...fields: readonly string[]): readonly ErrorAction[] =>
  engine.usualPort === undefined ? [] : openFields(...fields);

/** The usual port where another one was tried, and the field. */
function otherPort(subject: ConnectSubject): readonly ErrorAction[] {
  const { engine, place } = subject;
  if (engine.usualPort === undefined || 'socketPath' in place) return [];
  const isUsual = place.port === engine.usualPort;
  return [
    ...(isUsual ? [] : [{ action: 'use-port' as const, port: engine.usualPort }]),
    ...openFields('port'),
  ];
}

/** Where nothing listens on this computer, there may be no server at all. The field comes last. */
function withDemo(actions: readonly ErrorAction[], subject: ConnectSubject): readonly ErrorAction[] {
  if (!isLocal(subject) || actions.length === 0) return actions;
  return [...actions.slice(0, -1), { action: 'start-demo' }, ...actions.slice(-1)];
}

const itsEngine = ({ otherEngine }: ConnectSubject): readonly ErrorAction[] =>
  otherEngine === null ? [] : [{ action: 'use-engine', kind: otherEngine }];

const startHere = ({ engine }: ConnectSubject): string => `Start ${engine.label} on this computer.`;

const somethingElse = ({ engine }: ConnectSubject): string =>
  `A service other than ${engine.label} is listening there.`;

const findThePort = ({ engine }: ConnectSubject): readonly string[] => [
  `Check the host and port: ${engine.usualPorts}.`,
  `Ask the administrator for the ${engine.label} port of the server.`,
];

/** A host keeps its spelling; "the socket" does not. */
const sentenceStart = (place: string): string => place.replace(/^the /, 'The ');
