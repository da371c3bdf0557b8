import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconRefresh } from '@tabler/icons-react';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { latestValue } from '../../lib/loadable.ts';
import { diagnosticsText } from '../../text/diagnostics.ts';
import classes from './Diagnostics.module.css';
import { diagnosticsStore, useDiagnostics } from './diagnostics.ts';

const { close, collect, save } = diagnosticsStore.getState();

function Preview() {
  const collected = useDiagnostics((store) => store.collected);
  const shown = latestValue(collected);
  if (collected.status === 'failed') return <ErrorPanel error={collected.error} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
    <section className={classes.preview} aria-label={diagnosticsText.preview} tabIndex={0} data-autofocus>
      {shown === null ? diagnosticsText.loading : shown.text}
    </section>
  );
}

function Actions() {
  const text = useDiagnostics(({ collected }) => latestValue(collected)?.text ?? null);
  const isLoading = useDiagnostics((store) => store.collected.status === 'loading');
  const isSaving = useDiagnostics((store) => store.isSaving);
  return (
    <div className={classes.actions}>
      <Button
        variant="subtle"
        color="gray"
        loading={isLoading}
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={() => void collect()}
      >
        {diagnosticsText.refresh}
      </Button>
      <div className={classes.space} />
      <Button
        variant="default"
        disabled={text === null}
        loading={isSaving}
        leftSection={<IconDeviceFloppy size={14} aria-hidden />}
        onClick={() => void save()}
      >
        {diagnosticsText.save}
      </Button>
      {text !== null && <CopyButton label={diagnosticsText.copy} text={() => text} variant="filled" />}
    </div>
  );
}

/** The exact text that is copied or saved, before it is: nothing of it is sent by Mooring. */
export function DiagnosticsDialog() {
  const opened = useDiagnostics((store) => store.opened);
  return (
    <DialogWindow opened={opened} onClose={close} title={diagnosticsText.title} size={820} zIndex={250}>
      <div className={classes.layout}>
        <p className={classes.intro}>{diagnosticsText.intro}</p>
        <Preview />
        <Actions />
      </div>
    </DialogWindow>
  );
}
