import { type RefObject, useMemo } from 'react';
import { commandsOf, useCommands } from '../../lib/commands.ts';
import { commandsText } from '../../text/commands.ts';
import type { MetricsView } from './MetricsView.ts';

const words = commandsText.metrics;

/** How much longer or shorter a key makes what is shown. */
const zoomFactor = 2;

interface CommandTargets {
  readonly view: MetricsView;
  readonly panelRef: RefObject<HTMLElement | null>;
  /** The moment that stays where it is, in seconds; null: the middle. */
  readonly cursorTime: () => number | null;
  readonly saveCsv: () => void;
}

/** What can be done with the charts in front, by key and in the palette. */
export function useMetricsCommands(targets: CommandTargets, isActive: boolean): void {
  const { view, panelRef, cursorTime, saveCsv } = targets;
  const commands = useMemo(() => {
    const scale = (factor: number): void => {
      const time = cursorTime();
      view.scale(factor, time === null ? null : time * 1_000);
    };
    const isZoomed = () => view.store.getState().zoom !== null;
    const hasPicture = () => view.store.getState().picture !== null;
    const isPaused = () => view.store.getState().isPaused;
    return commandsOf('source', [
      {
        id: 'metrics.cursor',
        title: words.cursor,
        // Of a chart that has the focus: it takes them itself.
        shortcut: '← / →',
        run: () => panelRef.current?.querySelector<HTMLElement>('[role="slider"]')?.focus(),
        isEnabled: hasPicture,
      },
      {
        id: 'metrics.zoomIn',
        title: words.zoomIn,
        shortcut: 'plus',
        run: () => scale(1 / zoomFactor),
        isEnabled: hasPicture,
      },
      {
        id: 'metrics.zoomOut',
        title: words.zoomOut,
        shortcut: '-',
        run: () => scale(zoomFactor),
        isEnabled: isZoomed,
      },
      {
        id: 'metrics.resetZoom',
        title: words.resetZoom,
        shortcut: 'Esc',
        run: () => view.reset(),
        isEnabled: isZoomed,
      },
      {
        id: 'metrics.pause',
        title: words.pause,
        run: () => view.setPaused(true),
        isEnabled: () => !isPaused(),
      },
      { id: 'metrics.resume', title: words.resume, run: () => view.setPaused(false), isEnabled: isPaused },
      { id: 'metrics.saveCsv', title: words.saveCsv, run: saveCsv, isEnabled: hasPicture },
    ]);
  }, [view, panelRef, cursorTime, saveCsv]);
  useCommands(commands, isActive);
}
