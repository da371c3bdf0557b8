import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import frame from '../../../components/TabFrame.module.css';
import { useFindTarget } from '../../../lib/findCommand.ts';
import { queryText } from '../../../text/query.ts';
import { SourceFilter } from '../../connections/index.ts';
import classes from './History.module.css';
import { historyStore, useHistory } from './history.ts';

const words = queryText.historyTab;

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
  const search = useHistory((store) => store.search);
  useFindTarget(() => fieldRef.current);
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <SearchField
        ref={fieldRef}
        className={classes.search}
        label={words.search}
        wanted={search}
        onSearch={historyStore.getState().setSearch}
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
