import type { SourceState } from '../../shared/model/sourceState.ts';
import { vocabulary } from '../text/vocabulary.ts';
import { formatClockTime } from './format.ts';
import { shownStatus } from './shownStatus.ts';

/** Whether the label of a state counts seconds, and so must be drawn again as time goes by. */
export function labelTicks({ status }: SourceState): boolean {
  return status === 'connecting' || status === 'reconnecting' || status === 'open-circuit';
}

/** Whole seconds until a moment, never negative; the last one counts down to zero. */
const secondsUntil = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / 1_000));

/** A state in words at a moment (epoch milliseconds of this computer's clock, the one that main's times are from). */
export function stateLabel(state: SourceState, now: number): string {
  const words = vocabulary.stateProgress;
  switch (state.status) {
    case 'connecting':
      // A connect that is done at once needs no clock.
      return now - state.since < 1_000
        ? vocabulary.stateLabel.connecting
        : words.connecting(now - state.since);
    case 'reconnecting': {
      const seconds = secondsUntil(state.nextAt, now);
      return seconds === 0
        ? words.reconnectingNow(state.attempt)
        : words.reconnecting(state.attempt, seconds);
    }
    case 'open-circuit': {
      const seconds = secondsUntil(state.until, now);
      return seconds === 0 ? words.pausedNoMore : words.paused(formatClockTime(state.until), seconds);
    }
    default:
      return vocabulary.stateLabel[shownStatus(state)];
  }
}
