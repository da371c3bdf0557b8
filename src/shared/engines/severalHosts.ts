import { hostAndPort } from './hostText.ts';

/** Several hosts of one database, which are tried in turn: the same for every engine that has them. */

/** More than this are no hosts of one database any more. */
export const maxHosts = 8;

export interface HostPlace {
  readonly host: string;
  readonly port: number;
}

/** What a configuration says about them. */
export interface HostSettings extends HostPlace {
  readonly otherHosts?: readonly HostPlace[] | undefined;
}

export const allHosts = ({ host, port, otherHosts }: HostSettings): readonly HostPlace[] => [
  { host, port },
  ...(otherHosts ?? []),
];

/**
 * What other hosts add to the names of an endpoint: whoever adds one sends the secrets there. One host adds nothing, so
 * that what was sealed before there were several still opens. The word before each keeps it apart from a hop of a tunnel.
 */
export const otherHostNames = (others: readonly HostPlace[]): readonly { label: string; value: string }[] =>
  others.map(({ host, port }) => ({
    label: 'Other host',
    value: `or ${hostAndPort(host.toLowerCase(), port)}`,
  }));

/** `a:5432,b:5433` */
export const hostListText = (hosts: readonly HostPlace[]): string =>
  hosts.map(({ host, port }) => hostAndPort(host, port)).join(',');
