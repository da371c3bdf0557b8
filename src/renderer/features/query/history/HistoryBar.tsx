import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconRefresh, IconSearch, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import frame from '../../../components/TabFrame.module.css';
import { useFindTarget } from '../../../lib/findCommand.ts';
import { queryText } from '../../../text/query.ts';
import { SourceFilter } from '../../connections/index.ts';
import classes from './History.module.css';
import { historyStore, useHistory } from './history.ts';

const words = queryText.historyTab;
const searchWaitMs = 200;

function ClearButton() {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <IconButton label={words.clear} onClick={() => setIsAsking(true)}>
        <IconTrash size={16} />
      </IconButton>
      <ConfirmDialog
        opened={isAsking}
        title={words.clearTitle}
        message={words.clearMessage}
        confirmLabel={words.clearConfirm}
        onCancel={close}
        onConfirm={() => {
          close();
          void historyStore.getState().clear();
        }}
      />
    </>
  );
}

/** What is looked for in the history, and what concerns all of it. */
export function HistoryBar() {
  const fieldRef = useRef<HTMLInputElement>(null);
  const sourceId = useHistory((store) => store.sourceId);
  const [search, setSearch] = useState(() => historyStore.getState().search);
  const find = useDebouncedCallback((text: string) => historyStore.getState().setSearch(text), searchWaitMs);
  useFindTarget(() => fieldRef.current);
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <TextInput
        ref={fieldRef}
        className={classes.search}
        value={search}
        maxLength={200}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
        placeholder={words.search}
        aria-label={words.search}
        spellCheck={false}
        leftSection={<IconSearch size={14} aria-hidden />}
      />
      <SourceFilter
        className={classes.filter}
        sourceId={sourceId}
        onSource={(id) => historyStore.getState().setSource(id)}
      />
      <div className={classes.space} />
      <IconButton label={words.refresh} onClick={() => void historyStore.getState().refresh()}>
        <IconRefresh size={16} />
      </IconButton>
      <ClearButton />
    </div>
  );
}
