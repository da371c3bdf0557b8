import { Button } from '@mantine/core';
import type { AuditCheck } from '../../../shared/model/audit.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { latestValue } from '../../lib/loadable.ts';
import { auditText } from '../../text/audit.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { connectionsStore } from '../connections/index.ts';
import classes from './Audit.module.css';
import { AuditList } from './AuditList.tsx';
import { auditStore, useAudit } from './audit.ts';
import { entriesAsText } from './entryText.ts';

const nameOf = (id: string): string | undefined => connectionsStore.getState().byId[id]?.dataSource.name;

function CheckResult({ result }: { result: AuditCheck }) {
  const isIntact = result.status === 'intact';
  return (
    <Notice tone={isIntact ? 'success' : 'warning'}>
      {isIntact ? auditText.intact(result) : auditText.broken(result.at)}
    </Notice>
  );
}

function Content() {
  const { loadMore, runCheck } = auditStore.getState();
  const entries = useAudit((store) => store.entries);
  const error = useAudit((store) => store.error);
  const isLoading = useAudit((store) => store.isLoading);
  const check = useAudit((store) => store.check);
  const copyText = useCopyText();
  const result = latestValue(check);
  const tryAgain = (
    <Button variant="default" onClick={() => void loadMore()}>
      {vocabulary.tryAgain}
    </Button>
  );
  return (
    <div className={classes.layout}>
      <div className={classes.bar}>
        <Button variant="default" loading={check.status === 'loading'} onClick={() => void runCheck()}>
          {auditText.check}
        </Button>
        <Button
          variant="default"
          disabled={entries.length === 0}
          onClick={() => copyText(entriesAsText(entries, nameOf))}
        >
          {auditText.copy}
        </Button>
      </div>
      <div role="status">{result !== null && <CheckResult result={result} />}</div>
      {check.status === 'failed' && <ErrorPanel error={check.error} />}
      {error !== null && <ErrorPanel error={error} actions={tryAgain} />}
      {entries.length > 0 ? (
        <AuditList nameOf={nameOf} />
      ) : (
        error === null && <p className={classes.empty}>{isLoading ? auditText.loading : auditText.empty}</p>
      )}
    </div>
  );
}

/** Everything that was done with keys, passwords and data sources, and whether the record of it is as it was written. */
export function AuditDialog() {
  const opened = useAudit((store) => store.opened);
  return (
    <DialogWindow
      opened={opened}
      onClose={auditStore.getState().close}
      title={auditText.title}
      size={860}
      zIndex={250}
    >
      <Content />
    </DialogWindow>
  );
}
