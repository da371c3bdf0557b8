import type { EditorState } from '@codemirror/state';
import { engineOf } from '../../../../shared/engines/engines.ts';
import { sqlWordsOf } from '../../../../shared/engines/sqlWords.ts';
import type { TabId } from '../../../../shared/model/tabs.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import { isConnected } from '../../../lib/sessionOf.ts';
import { connectionsStore } from '../../connections/index.ts';
import { schemaStore } from '../../schema/index.ts';
import { dataSourceOfTab, deskOf } from '../session/queryDesks.ts';
import { tabLanguage } from '../session/tabLanguage.ts';
import { catalogueOf } from './catalogue.ts';
import { nearbyStatement } from './nearbyStatement.ts';
import { type Meaning, SqlAdvisor } from './SqlAdvisor.ts';

/** What can be said about the SQL of a tab, by its data source and its session. */
export interface TabAdvisor {
  readonly advisor: SqlAdvisor;
  readonly language: SqlLanguage;
}

/** Null without a data source. Names are read when it is connected and nobody has yet. */
export function advisorOf(tabId: TabId): TabAdvisor | null {
  const dataSource = dataSourceOfTab(tabId);
  if (dataSource === null) return null;
  const { id: sourceId, engine } = dataSource;
  const { kind } = engine;
  if (isConnected(connectionsStore.getState().states[sourceId])) void schemaStore.getState().open(sourceId);
  const state = deskOf(tabId).store.getState();
  const language = tabLanguage(dataSource, state);
  const words = sqlWordsOf(kind);
  const advisor = new SqlAdvisor({
    catalogue: catalogueOf(sourceId),
    searchPath: state.session?.searchPath ?? null,
    usualSchema: words.usualSchema,
    language,
    words,
    quote: (name) => engineOf(kind).quote(name),
  });
  return { advisor, language };
}

/** What the name at a place of an editor means, and where it stands in the text; null when nothing is known of it. */
export async function meaningAt(
  tabId: TabId,
  state: EditorState,
  at: number,
): Promise<(Meaning & { from: number; to: number }) | null> {
  const advisor = advisorOf(tabId);
  if (advisor === null) return null;
  const { text, offset, position } = nearbyStatement(state, advisor.language, at);
  const meaning = await advisor.advisor.meaningAt(text, position);
  return meaning === null ? null : { ...meaning, from: offset + meaning.from, to: offset + meaning.to };
}
