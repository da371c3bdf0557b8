import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Tab } from '../../../shared/model/tabs.ts';
import { tabsText } from '../../text/tabs.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import type { TabMark } from './tabsState.ts';

/** What stands on a tab. @param sourceName null when the data source is gone */
export function titleOf(tab: Tab, sourceName: string | null): string {
  switch (tab.kind) {
    case 'query':
      return tab.title;
    case 'relation':
      return tab.node.name;
    case 'source': {
      const name = sourceName ?? tabsText.goneName;
      return tab.segment === 'overview' ? name : tabsText.sourceTitle(name, tabsText.segment[tab.segment]);
    }
    case 'diagram':
      return tabsText.diagramTitle(tab.table ?? tab.schema);
    case 'resource':
      return tab.resource === null ? tabsText.newResourceTitle : tabsText.resourceTitle(tab.resource.name);
    case 'request':
      return tab.title;
    case 'search':
      return tabsText.searchTitle(sourceName ?? tabsText.goneName, tab.query.text);
    case 'history':
      return tabsText.historyTitle;
    case 'log':
      return tabsText.logTitle;
    case 'alerts':
      return tabsText.alertsTitle;
    case 'pipelines':
      return tabsText.pipelinesTitle;
    case 'pipeline':
      return tab.title === '' ? tabsText.newPipelineTitle : tab.title;
    case 'settings':
      return tabsText.settingsTitle;
  }
}

/** The schema that a tab is in, where its title does not say it. */
function schemaPart(tab: Tab): readonly string[] {
  if (tab.kind === 'relation') return [tab.node.schema];
  return tab.kind === 'diagram' && tab.table !== null ? [tab.schema] : [];
}

/** Where a tab leads to, whole: what its tooltip says. */
export function placeText(tab: Tab, sourceName: string | null): string {
  const title = titleOf(tab, sourceName);
  if (tab.kind === 'source' || tab.kind === 'search' || !('sourceId' in tab) || tab.sourceId === null)
    return title;
  const name = sourceName ?? tabsText.goneName;
  return [name, ...schemaPart(tab), title].join(' › ');
}

/** What a person should not forget about the data source of a tab, in words. */
export function guardWords(source: DataSource | undefined): readonly string[] {
  if (source === undefined) return [];
  const { environment, readOnly } = source;
  const isTold = environment === 'production' || environment === 'staging';
  return [
    ...(isTold ? [vocabulary.environmentLabel[environment]] : []),
    ...(readOnly ? [vocabulary.readOnly] : []),
  ];
}

/** What a tab says of itself, in words, in the order of how much it matters. */
export function markWords(tab: Tab, mark: TabMark): readonly string[] {
  const words = tabsText.mark;
  return [
    ...(mark.isRunning ? [words.running] : []),
    ...(mark.transaction === null ? [] : [words[mark.transaction]]),
    ...(mark.isUnsaved ? [words.unsaved] : []),
    ...(tab.isPinned ? [words.pinned] : []),
    ...(tab.isPreview ? [words.preview] : []),
  ];
}
