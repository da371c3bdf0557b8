import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { nodeKey } from './treeKeys.ts';

/** A line that is to be shown in the definition of a node. */
export interface FoundLine {
  /** What stands in it, as far as that is known. */
  readonly text: string;
  /** Where it is in the text that was searched, which begins with the definition or within it; from 1. */
  readonly line: number;
}

interface WantedLine extends FoundLine {
  readonly key: string;
}

/** The line that somebody has asked for last. */
const wantedLine = createStore<{ readonly wanted: WantedLine | null }>()(() => ({ wanted: null }));

const keyOf = (sourceId: DataSourceId, node: NodeRef): string => `${sourceId}\0${nodeKey(node)}`;

/** Has a line shown in the definition of a node, when it is on the screen. */
export const showLine = (sourceId: DataSourceId, node: NodeRef, { text, line }: FoundLine): void =>
  wantedLine.setState({ wanted: { key: keyOf(sourceId, node), text, line } });

/** The line that is to be shown in the definition of a node; another object for each time that it is asked for. */
export function useShownLine(sourceId: DataSourceId, node: NodeRef): FoundLine | null {
  const key = keyOf(sourceId, node);
  return useStore(wantedLine, ({ wanted }) => (wanted?.key === key ? wanted : null));
}

/**
 * The index of a line in a definition; -1 when there is none like it. A definition may begin with lines that were not
 * searched: of several that are alike it is the first one that does not stand too high.
 */
export function lineIndex(definition: readonly string[], { text, line }: FoundLine): number {
  const wanted = text.trim();
  const isIt = (one: string): boolean => one.includes(wanted);
  const below = definition.findIndex((one, index) => index >= line - 1 && isIt(one));
  return below >= 0 ? below : definition.findIndex(isIt);
}
