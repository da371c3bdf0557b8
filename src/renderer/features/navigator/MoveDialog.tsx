import { Button, Group, Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { navigatorText } from '../../text/navigator.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { rescueFocus, useDataSource } from '../connections/index.ts';
import { moveTo } from './arrangeActions.ts';
import { arrangementStore, navigatorStore, useNavigator } from './navigator.ts';

const words = navigatorText.move;
/** Stands for no folder: a list of choices has no place for nothing. */
const noFolder = '';

const close = (): void => navigatorStore.getState().askMove(null);

function MoveForm({ summary }: { summary: DataSourceSummary }) {
  const { id } = summary.dataSource;
  const arrangement = useStore(arrangementStore, (store) => store.arrangement);
  const [folderId, setFolderId] = useState(arrangement.folderOf[id] ?? noFolder);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    moveTo(id, { container: folderId === noFolder ? null : folderId, beforeId: null });
    close();
  };
  return (
    <form onSubmit={submit}>
      <Select
        label={words.label}
        data={[
          { value: noFolder, label: words.none },
          ...arrangement.folders.map((folder) => ({ value: folder.id, label: folder.name })),
        ]}
        value={folderId}
        onChange={(value) => setFolderId(value ?? noFolder)}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        data-autofocus
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={close}>
          {vocabulary.cancel}
        </Button>
        <Button type="submit">{words.confirm}</Button>
      </Group>
    </form>
  );
}

/** Asks for the folder that a data source is to be moved to. */
export function MoveDialog() {
  const movingId = useNavigator((store) => store.movingId);
  const asked = useDataSource(movingId ?? '');
  const { shown, forget } = useLastShown(asked);
  return (
    <DialogWindow
      opened={asked !== undefined}
      title={words.title(shown?.dataSource.name ?? '')}
      size={380}
      onClose={close}
      onExitTransitionEnd={() => {
        forget();
        rescueFocus();
      }}
    >
      {shown !== null && <MoveForm key={shown.dataSource.id} summary={shown} />}
    </DialogWindow>
  );
}
