import type { DataSourceId } from '../../../shared/model/ids.ts';
import { statusBarStore } from '../../lib/statusBar.ts';
import { tabsText } from '../../text/tabs.ts';
import { lossesIn } from './losses.ts';
import { tabsStore } from './tabs.ts';
import type { Loss } from './tabsState.ts';
import { titleOf } from './tabText.ts';

const words = tabsText.question.loss;

/** What would be lost, a sentence each. */
export const lossTexts = (losses: readonly Loss[]): readonly string[] =>
  losses.map((loss) =>
    loss.kind === 'work' ? words.work(loss.label) : words[loss.kind](titleOf(loss.tab, null)),
  );

/** What would be lost with the connections of a data source now, a sentence each. */
export const lossesOf = (sourceId: DataSourceId): readonly string[] =>
  lossTexts(lossesIn(tabsStore.getState(), statusBarStore.getState().work, sourceId));
