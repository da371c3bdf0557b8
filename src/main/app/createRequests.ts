import type { Clock } from '../base/Clock.ts';
import type { ObtainedSecrets } from '../dataSources/secrets/ObtainedSecrets.ts';
import { RequestService } from '../requests/RequestService.ts';
import type { ResultFiles } from '../results/Results.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import type { Sessions } from './createSessions.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

export interface RequestsOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly sessions: Sessions;
  readonly targets: ConnectTargets;
  readonly obtained: ObtainedSecrets;
  readonly files: ResultFiles;
  readonly clock: Clock;
}

/** Resources of APIs while they are described, and single requests. */
export function createRequests(options: RequestsOptions) {
  const { adapters, store, sessions, targets, obtained, files, clock } = options;
  const { ask, clipboard, fileDialogs: dialogs, openInBrowser } = adapters;
  const { factory, manager } = sessions;
  const find = (id: string) => store.dataSources.findListed(id);
  const requests = new RequestService({
    ...{ factory, manager, targets, find, obtained, files, dialogs, clipboard, openInBrowser, ask, clock },
  });
  return { requests };
}
