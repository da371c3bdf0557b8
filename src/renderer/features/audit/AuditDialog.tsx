import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { AuditCheck } from '../../../shared/model/audit.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { latestValue } from '../../lib/loadable.ts';
import { auditText } from '../../text/audit.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { connectionsStore } from '../connections/index.ts';
import classes from './Audit.module.css';
import { AuditActions } from './AuditActions.tsx';
import { AuditBar } from './AuditBar.tsx';
import { AuditDetail } from './AuditDetail.tsx';
import { AuditList } from './AuditList.tsx';
import { auditStore, useAudit } from './audit.ts';
import { everything, isEverything } from './auditView.ts';

const nameOf = (id: string): string | undefined => connectionsStore.getState().byId[id]?.dataSource.name;

function CheckResult({ result }: { result: AuditCheck }) {
  if (result.status === 'intact') return <Notice tone="success">{auditText.intact(result)}</Notice>;
  return (
    <Notice tone="warning">
      {auditText.broken(result)}{' '}
      {result.reason !== 'end' && (
        <Button size="compact-xs" variant="default" onClick={() => auditStore.getState().showFrom(result.at)}>
          {auditText.showBroken(result.at)}
        </Button>
      )}
    </Notice>
  );
}

function Check() {
  const check = useAudit((store) => store.check);
  const result = latestValue(check);
  return (
    <>
      <div role="status" className={classes.result}>
        {result !== null && <CheckResult result={result} />}
      </div>
      {check.status === 'failed' && <ErrorPanel error={check.error} />}
    </>
  );
}

function NoEntries() {
  const isFiltered = useAudit(({ view }) => !isEverything(view));
  return (
    <EmptyState
      icon={<IconShieldCheck size={28} stroke={1.5} />}
      title={isFiltered ? auditText.noMatch : auditText.empty}
      message={isFiltered ? auditText.noMatchMessage : auditText.emptyMessage}
      actions={
        isFiltered && (
          <Button size="xs" variant="default" onClick={() => auditStore.getState().setView(everything)}>
            {auditText.clearFilter}
          </Button>
        )
      }
    />
  );
}

function Entries() {
  const isEmpty = useAudit((store) => store.isRead && store.entries.length === 0);
  const error = useAudit((store) => store.error);
  if (error !== null) {
    return (
      <ErrorPanel
        error={error}
        actions={
          <Button size="xs" variant="default" onClick={() => void auditStore.getState().loadMore()}>
            {vocabulary.tryAgain}
          </Button>
        }
      />
    );
  }
  if (isEmpty) return <NoEntries />;
  return (
    <>
      <AuditList nameOf={nameOf} />
      <AuditDetail nameOf={nameOf} />
    </>
  );
}

/** Everything that was done with keys, passwords and data sources, and whether the record of it is as it was written. */
export function AuditDialog() {
  const opened = useAudit((store) => store.opened);
  return (
    <DialogWindow
      opened={opened}
      flush
      onClose={auditStore.getState().close}
      title={auditText.title}
      size={940}
      zIndex={250}
    >
      <div className={classes.layout}>
        <AuditBar />
        <AuditActions nameOf={nameOf} />
        <Check />
        <Entries />
      </div>
    </DialogWindow>
  );
}
