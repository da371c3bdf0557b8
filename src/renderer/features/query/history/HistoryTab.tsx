import { IconHistory } from '@tabler/icons-react';
import { useEffect } from 'react';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import frame from '../../../components/TabFrame.module.css';
import { queryText } from '../../../text/query.ts';
import type { TabContentProps } from '../../tabs/index.ts';
import classes from './History.module.css';
import { HistoryBar } from './HistoryBar.tsx';
import { HistoryDetail } from './HistoryDetail.tsx';
import { HistoryList } from './HistoryList.tsx';
import { historyStore, useHistory } from './history.ts';

const words = queryText.historyTab;

function Content() {
  const isEmpty = useHistory((store) => store.isRead && store.entries.length === 0);
  const isFiltered = useHistory((store) => store.search !== '' || store.sourceId !== null);
  const error = useHistory((store) => store.error);
  if (error !== null) {
    return (
      <div className={classes.failure}>
        <ErrorPanel error={error} onRetry={() => void historyStore.getState().refresh()} />
      </div>
    );
  }
  if (isEmpty) {
    return (
      <EmptyState
        icon={<IconHistory size={28} stroke={1.5} />}
        title={isFiltered ? words.noMatch : words.empty}
        message={isFiltered ? words.noMatchMessage : words.emptyMessage}
      />
    );
  }
  return (
    <div className={classes.panes}>
      <HistoryList />
      <HistoryDetail />
    </div>
  );
}

/** The statements that ran, in all data sources. */
export function HistoryTab({ isShown }: TabContentProps<'history'>) {
  useEffect(() => {
    if (isShown) void historyStore.getState().refresh();
  }, [isShown]);
  return (
    <div className={frame.tab}>
      <HistoryBar />
      <Content />
    </div>
  );
}
