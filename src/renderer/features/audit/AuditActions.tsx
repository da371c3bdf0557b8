import { Button, CloseButton, Menu } from '@mantine/core';
import { IconCopy, IconFileExport, IconShieldCheck } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { notifyDone } from '../../lib/notify.tsx';
import { auditText } from '../../text/audit.ts';
import classes from './Audit.module.css';
import { auditStore, useAudit } from './audit.ts';
import { entriesAsText, type NameOf } from './entryText.ts';

const { cancelExport, exportAs, runCheck, showFrom } = auditStore.getState();
const formats = ['csv', 'jsonl'] as const;

/** How many entries the filter finds; or that the list does not begin with the newest, and the way back. */
function Shown() {
  const count = useAudit((store) => store.count);
  const startBefore = useAudit((store) => store.startBefore);
  const newest = useAudit((store) => store.entries[0]?.sequence ?? 0);
  const hasNewer = startBefore !== null && newest === startBefore - 1;
  return (
    <>
      <span className={classes.count} role="status">
        {count !== null && auditText.count(count)}
      </span>
      {hasNewer && (
        <span className={classes.place}>
          {auditText.startsAt(newest)}
          <CloseButton size="xs" aria-label={auditText.showNewest} onClick={() => showFrom(null)} />
        </span>
      )}
    </>
  );
}

function ExportButton() {
  const isExporting = useAudit((store) => store.isExporting);
  const isEmpty = useAudit((store) => store.entries.length === 0);
  if (isExporting) {
    return (
      <Button size="xs" variant="default" onClick={cancelExport}>
        {auditText.cancelExport}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" zIndex={260}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={isEmpty}
          leftSection={<IconFileExport size={14} aria-hidden />}
        >
          {auditText.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void exportAs(format)}>
            {auditText.exportAs[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done with the entries shown, and with the trail. */
export function AuditActions({ nameOf }: { nameOf: NameOf }) {
  const copyText = useCopyText();
  const isChecking = useAudit((store) => store.check.status === 'loading');
  const copyShown = (): void => {
    const { text, count } = entriesAsText(auditStore.getState().entries, nameOf);
    copyText(text, () => notifyDone(auditText.copied(count)));
  };
  return (
    <div className={classes.actions}>
      <Shown />
      <div className={classes.space} />
      <IconButton label={auditText.copy} onClick={copyShown}>
        <IconCopy size={16} />
      </IconButton>
      <ExportButton />
      <Button
        size="xs"
        variant="default"
        loading={isChecking}
        leftSection={<IconShieldCheck size={14} aria-hidden />}
        onClick={() => void runCheck()}
      >
        {auditText.check}
      </Button>
    </div>
  );
}
