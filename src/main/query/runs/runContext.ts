import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { SqlLanguage, StatementReading } from '../../../shared/sql/SqlLanguage.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Dialect } from '../../connectors/Dialect.ts';
import type { ResultFiles, Results } from '../../results/Results.ts';
import type { History } from '../History.ts';
import type { valuesByName } from './boundStatement.ts';
import type { TabSession } from './TabSession.ts';

/** What a run works with, once everything about it was checked. */
export interface RunContext {
  readonly source: DataSource;
  readonly language: SqlLanguage;
  readonly dialect: Dialect;
  readonly session: TabSession;
  /** What each statement does and asks for, in order. */
  readonly readings: readonly StatementReading[];
  readonly values: ReturnType<typeof valuesByName>;
  readonly results: Results;
  readonly files: ResultFiles;
  readonly history: History;
  readonly clock: Clock;
}
