import { SourceActivities } from '../activity/SourceActivities.ts';
import type { Clock } from '../base/Clock.ts';
import type { Sessions } from './createSessions.ts';
import type { OpenStore } from './openStore.ts';

export interface ActivityFeatureOptions {
  readonly store: OpenStore;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** What the sessions of servers do. Nothing is left to stop: its connections are closed with their data sources. */
export function createActivity({ store, sessions, clock }: ActivityFeatureOptions) {
  const { manager } = sessions;
  return { activity: new SourceActivities({ manager, dataSources: store.dataSources, clock }) };
}
