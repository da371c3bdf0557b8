import { afterAll, beforeAll, describe } from 'vitest';
import { activityConforms } from './activity.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { catalogueConforms } from './catalogue.ts';
import { diagramsConform } from './diagrams.ts';
import { relationServer } from './relationServer.ts';
import { relationsConform } from './relations.ts';
import { searchConforms } from './search.ts';
import { serverConforms } from './serverFacts.ts';
import { sessionsConform } from './sessions.ts';
import { statementsConform } from './statements.ts';

/** What holds for every engine, shown on a real server of one. */
export function conforms(name: string, start: () => Promise<ConformanceServer>): void {
  describe(name, () => {
    let running: ConformanceServer;
    const server = () => running;

    beforeAll(async () => {
      running = await start();
    }, 120_000);

    afterAll(() => running?.dispose());

    describe('its sessions', () => sessionsConform(server));
    describe('its statements', () => statementsConform(server));
    describe('its catalogue', () => catalogueConforms(server));
    describe('its search', () => searchConforms(server));
    describe('its diagrams', () => diagramsConform(server));
    describe('its relations', () => relationsConform(() => relationServer(server())));
    describe('its activity', () => activityConforms(server));
    describe('the server itself', () => serverConforms(server));
  });
}
