import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { tabsText } from '../../text/tabs.ts';
import { vocabulary } from '../../text/vocabulary.ts';

/** What stands in a tab whose content could not be drawn. What was typed in it is kept by main. */
export function FailedTab({ onRetry }: { onRetry: () => void }) {
  const { title, message } = tabsText.failed;
  return (
    <EmptyState
      icon={<IconMoodSad size={28} stroke={1.5} />}
      title={title}
      message={message}
      actions={
        <Button size="xs" variant="default" onClick={onRetry}>
          {vocabulary.tryAgain}
        </Button>
      }
    />
  );
}
