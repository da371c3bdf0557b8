import type { AlertKind } from '../../../shared/model/alertChoices.ts';

/** What is known right now of one thing that can be watched. */
export type Signal =
  | { readonly type: 'unknown' }
  | { readonly type: 'value'; readonly value: number }
  /** It is so or it is not; with a figure or a reason, where there is one. */
  | {
      readonly type: 'fact';
      readonly holds: boolean;
      readonly value: number | null;
      readonly detail: string | null;
    };

/** All that is known of one data source or pipeline. */
export interface Signals<Kind extends AlertKind> {
  /** What can be watched of it. */
  readonly kinds: readonly Kind[];
  /** Whether a value grows by itself, so that an alert may begin without news. */
  readonly growsByItself: boolean;
  /** @param nowMs of the monotonic clock */
  read(kind: Kind, nowMs: number): Signal;
}
