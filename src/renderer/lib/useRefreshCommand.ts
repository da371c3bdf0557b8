import { useHotkeys } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';
import { onEvent } from './api.ts';

/** Runs on F5, also while a field has the focus, and on the menu's Refresh. */
export function useRefreshCommand(refresh: () => void): void {
  useHotkeys([['F5', refresh]], []);
  const onCommand = useEffectEvent((command: string) => {
    if (command === 'refresh') refresh();
  });
  useEffect(() => onEvent('app.command', (command) => onCommand(command)), []);
}
