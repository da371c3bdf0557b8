import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { AnyEngineText } from './EngineText.ts';
import { mysqlText } from './mysql.ts';
import { postgresText } from './postgres.ts';
import { restText } from './rest.ts';

/** The registry of the words about each engine. A new one has its line here. */
const texts: Readonly<Record<EngineKind, AnyEngineText>> = {
  postgres: postgresText,
  mysql: mysqlText,
  rest: restText,
};

export const engineText = (kind: EngineKind): AnyEngineText => texts[kind];
