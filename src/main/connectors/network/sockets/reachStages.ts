import { maxHosts } from '../../../../shared/engines/severalHosts.ts';
import type { StageReporter } from '../StageReporter.ts';

type HopNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** An SSH server of a tunnel, counted from this computer. */
export type HopStage = `hop${HopNumber}`;

/** The stages on the way to a server: tunnel, look-up, TCP or the channel of a tunnel, proxy, or the local socket. */
export type ReachStage = HopStage | 'dns' | 'tcp' | 'proxy' | 'socket';

const inHop = 'while opening the SSH tunnel';

/** What was going on in each stage of a tunnel. */
export const duringHops: Readonly<Record<HopStage, string>> = {
  ...{ hop1: inHop, hop2: inHop, hop3: inHop, hop4: inHop },
  ...{ hop5: inHop, hop6: inHop, hop7: inHop, hop8: inHop },
};

/** The stages of tunnels in their order. */
export const hopStages = Object.keys(duringHops) as HopStage[];

export type ReachStages = Pick<StageReporter<ReachStage>, 'begin' | 'succeed' | 'skip'>;

/** For a way whose stages nobody is told of. */
export const silentStages: ReachStages = {
  begin: () => undefined,
  succeed: () => undefined,
  skip: () => undefined,
};

/** Each of several hosts, before the stages within the one that counts. */
export const hostStages: readonly string[] = Array.from(
  { length: maxHosts },
  (_, index) => `host${index + 1}`,
);
