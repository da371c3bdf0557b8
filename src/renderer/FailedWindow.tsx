import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { EmptyState } from './components/EmptyState.tsx';
import { vocabulary } from './text/vocabulary.ts';

/** What stands in a window that could not be drawn. Main goes on: connections and texts are kept. */
export function FailedWindow() {
  const { title, message, reload } = vocabulary.windowFailed;
  return (
    <EmptyState
      icon={<IconMoodSad size={28} stroke={1.5} />}
      title={title}
      message={message}
      actions={<Button onClick={() => window.location.reload()}>{reload}</Button>}
    />
  );
}
