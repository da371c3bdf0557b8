import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { call } from '../../lib/api.ts';
import { createStatementsStore } from './createStatementsStore.ts';
import { noStatements, type SourceStatements } from './statementsState.ts';

export const statementsStore = createStatementsStore({ call });

/** What is shown of a data source. */
export const useStatements = (id: DataSourceId): SourceStatements =>
  useStore(statementsStore, (state) => state.byId[id] ?? noStatements);
