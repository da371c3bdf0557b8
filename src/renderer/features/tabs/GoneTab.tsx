import { Button } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import type { TabId } from '../../../shared/model/tabs.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { tabsText } from '../../text/tabs.ts';
import { tabsStore } from './tabs.ts';

/** Stands in a tab whose data source is no longer there. */
export function GoneTab({ id }: { id: TabId }) {
  return (
    <EmptyState
      icon={<IconDatabaseOff size={28} stroke={1.5} />}
      title={tabsText.gone.title}
      message={tabsText.gone.message}
      actions={
        <Button size="xs" variant="default" onClick={() => void tabsStore.getState().close(id)}>
          {tabsText.gone.close}
        </Button>
      }
    />
  );
}
