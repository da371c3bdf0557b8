import { Button, Group } from '@mantine/core';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { transferText } from '../../text/transfer.ts';
import { useConnections } from '../connections/index.ts';
import { openExport, openImport } from './transfer.ts';

/** The ways out of and into this list of data sources. */
export function TransferButtons() {
  const isEmpty = useConnections((store) => store.order.length === 0);
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconFileExport size={15} />}
        disabled={isEmpty}
        onClick={openExport}
      >
        {transferText.exportButton}
      </Button>
      <Button variant="default" leftSection={<IconFileImport size={15} />} onClick={openImport}>
        {transferText.importButton}
      </Button>
    </Group>
  );
}
