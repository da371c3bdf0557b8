import type { ReadableStore } from '../../lib/useStoreWhile.ts';
import type { Span } from './chartData.ts';

/** Which stretch of time charts show, whatever they are of. */
export interface ShownTime {
  /** A part of what there is; null: all of it. */
  readonly zoom: Span | null;
  /** All of it; null before there is anything. */
  readonly picture: Span | null;
  /** It does not move on. */
  readonly isPaused: boolean;
}

export type ShownTimeStore = ReadableStore<ShownTime>;

/** What is asked for, also while its figures are still under way. */
export const spanOf = ({ zoom, picture }: Pick<ShownTime, 'zoom' | 'picture'>): Span =>
  zoom ?? picture ?? { from: 0, to: 0 };
