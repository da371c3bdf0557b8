import { trimmedText } from '../model/visibleText.ts';
import { numberOf } from './form.ts';

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
export const placesOfHostLines = (text: string): { host: string; port: number }[] =>
  hostLinesOf(text).map(({ host, port }) => ({ host: trimmedText(host), port: numberOf(port) }));
