import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type {
  StatementColumn,
  StatementDetail,
  StatementPage,
  StatementPageInput,
} from '../../../shared/model/statementStatistics.ts';

/** What is shown of one data source. */
export interface SourceStatements {
  /** Null until main has answered. */
  readonly page: StatementPage | null;
  readonly failure: ErrorDto | null;
  readonly search: string;
  readonly sort: StatementPageInput['sort'];
  /** The fingerprint of the selected one. */
  readonly selected: string | null;
  /** Of the selected one, as soon as it is there. */
  readonly detail: StatementDetail | null;
  readonly isAskingReset: boolean;
}

export const noStatements: SourceStatements = {
  page: null,
  failure: null,
  search: '',
  sort: { column: 'totalMs', isDescending: true },
  selected: null,
  detail: null,
  isAskingReset: false,
};

export interface StatementsState {
  readonly byId: Readonly<Record<DataSourceId, SourceStatements>>;
  /** Keeps what is shown up to date until the returned function is called. */
  readonly watch: (id: DataSourceId) => () => void;
  readonly refresh: (id: DataSourceId) => Promise<void>;
  readonly setSearch: (id: DataSourceId, search: string) => void;
  /** The same column again turns the order around; figures begin with the largest. */
  readonly sortBy: (id: DataSourceId, column: StatementColumn) => void;
  readonly select: (id: DataSourceId, fingerprint: string | null) => void;
  /** All of a statement, also of one that is not selected; null when it is gone. */
  readonly detailOf: (id: DataSourceId, fingerprint: string) => Promise<StatementDetail | null>;
  /** Asks the person first. */
  readonly askReset: (id: DataSourceId, isAsking: boolean) => void;
  /** The person said yes. */
  readonly reset: (id: DataSourceId) => Promise<void>;
}
