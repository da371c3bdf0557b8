import { SourceActivities } from '../activity/SourceActivities.ts';
import type { Clock } from '../base/Clock.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import type { Sessions } from './createSessions.ts';

export interface ActivityFeatureOptions {
  readonly others: OtherDatabases;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** What the sessions of servers do. Nothing is left to stop: its connections are closed with their data sources. */
export function createActivity({ others, sessions, clock }: ActivityFeatureOptions) {
  const { manager } = sessions;
  return { activity: new SourceActivities({ manager, dataSources: others, clock }) };
}
