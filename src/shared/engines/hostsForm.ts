import { tlsModeForHost } from '../model/tlsDefault.ts';
import { trimmedText } from '../model/visibleText.ts';
import { type FormField, type FormValues, numberOf } from './form.ts';
import { type HostPlace, maxHosts } from './severalHosts.ts';

/** What a field holds that lists hosts: a line for each, host and port with a tab between them. */

export interface HostLine {
  readonly host: string;
  /** As typed. */
  readonly port: string;
}

export const hostLinesOf = (text: string): HostLine[] =>
  text === ''
    ? []
    : text.split('\n').map((line) => {
        const [host = '', port = ''] = line.split('\t');
        return { host, port };
      });

export const textOfHostLines = (lines: readonly HostLine[]): string =>
  lines
    .map(({ host, port }) => `${host.replaceAll(/[\t\n]/g, ' ')}\t${port.replaceAll(/[\t\n]/g, '')}`)
    .join('\n');

/** The hosts that the lines make; not checked yet. */
const placesOfHostLines = (text: string): { host: string; port: number }[] =>
  hostLinesOf(text).map(({ host, port }) => ({ host: trimmedText(host), port: numberOf(port) }));

/** The part of a form about several hosts. */
export type HostsKey = 'otherHosts' | 'targetSession' | 'balanceHosts';

/** `any` stands for no choice. */
type HostsValues = FormValues<HostsKey>;

/** What a configuration says of them; each absent where nothing was chosen. */
interface HostChoices<Target extends string> {
  readonly otherHosts?: HostPlace[] | undefined;
  readonly targetSession?: Target | undefined;
  readonly balanceHosts?: true | undefined;
}

export interface HostsFieldsOptions<Key extends string> {
  readonly usualPort: string;
  /** The kinds of servers that can be asked for, `any` among them. */
  readonly targets: readonly string[];
  /** Whether the server is reached over a host at all. */
  readonly isShown: (values: FormValues<Key | HostsKey>) => boolean;
}

export function hostsFields<Key extends string>({
  usualPort,
  targets,
  isShown,
}: HostsFieldsOptions<Key>): readonly FormField<Key | HostsKey>[] {
  type Values = FormValues<Key | HostsKey>;
  const hasOthers = (values: Values) => isShown(values) && values.otherHosts !== '';
  // A single host can be asked for as well, as a pasted text may do.
  const isChoosy = (values: Values) =>
    hasOthers(values) || (isShown(values) && values.targetSession !== 'any');
  return [
    {
      ...{ key: 'otherHosts', path: 'otherHosts', columns: 12, isShown },
      widget: { type: 'hosts', max: maxHosts - 1, usualPort },
    },
    {
      ...{ key: 'targetSession', widget: { type: 'choice', options: targets }, path: 'targetSession' },
      isShown: isChoosy,
    },
    { key: 'balanceHosts', widget: { type: 'switch' }, path: 'balanceHosts', isShown: hasOthers },
  ];
}

export const newHostsValues: HostsValues = { otherHosts: '', targetSession: 'any', balanceHosts: '' };

export const hostsValues = ({
  otherHosts = [],
  targetSession,
  balanceHosts,
}: HostChoices<string>): HostsValues => ({
  otherHosts: textOfHostLines(otherHosts.map((each) => ({ ...each, port: String(each.port) }))),
  targetSession: targetSession ?? newHostsValues.targetSession,
  balanceHosts: balanceHosts === true ? 'on' : '',
});

/** What the fields make, as a part of a configuration. */
export function hostChoicesOf<Target extends string>(
  { otherHosts, targetSession, balanceHosts }: HostsValues,
  targets: readonly Target[],
): HostChoices<Target> {
  const target = targets.find((known) => known === targetSession);
  const hasOthers = otherHosts !== '';
  return {
    ...(hasOthers && { otherHosts: placesOfHostLines(otherHosts) }),
    ...(target !== undefined && target !== 'any' && { targetSession: target }),
    ...(hasOthers && balanceHosts === 'on' && { balanceHosts: true as const }),
  };
}

/** The least safe host decides: one that is not on this computer wants encryption for all. */
export function tlsModeForHosts({ host, otherHosts }: FormValues<'host' | 'otherHosts'>): string {
  const hosts = [host, ...hostLinesOf(otherHosts).map((line) => line.host)];
  const modes = hosts.filter((each) => each.trim() !== '').map(tlsModeForHost);
  return modes.find((mode) => mode !== 'disable') ?? tlsModeForHost(host);
}
