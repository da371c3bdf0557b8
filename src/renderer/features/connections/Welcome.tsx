import { Button } from '@mantine/core';
import { IconAnchor, IconFileImport, IconFlask, IconPlus } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { connectionsText } from '../../text/connections.ts';
import { openWizard } from '../wizard/index.ts';

/** What a person sees who has no data source yet. */
export function Welcome({ onImport }: { onImport: () => void }) {
  return (
    <EmptyState
      icon={<IconAnchor size={36} stroke={1.5} />}
      title={connectionsText.welcomeTitle}
      message={connectionsText.welcomeMessage}
      actions={
        <>
          <Button leftSection={<IconPlus size={16} />} onClick={openWizard.create}>
            {connectionsText.addDataSource}
          </Button>
          <Button variant="default" leftSection={<IconFlask size={16} />} onClick={openWizard.demo}>
            {connectionsText.useDemo}
          </Button>
          <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={onImport}>
            {connectionsText.import}
          </Button>
        </>
      }
    />
  );
}
