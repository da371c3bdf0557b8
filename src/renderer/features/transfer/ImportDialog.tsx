import { Button, Group, Loader, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ImportReport } from '../../../shared/model/transfer.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { useStepFocus } from '../../lib/useStepFocus.ts';
import { transferText } from '../../text/transfer.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { PassphraseField } from '../vault/index.ts';
import { ImportPreview } from './ImportPreview.tsx';
import { countChoices } from './importChoices.ts';
import type { ImportState, ReadyFile } from './importStore.ts';
import classes from './Transfer.module.css';
import { importStore, useImport } from './transfer.ts';
import { VirtualRows } from './VirtualRows.tsx';

const words = transferText.import;
const noteHeight = 40;

function CancelButton() {
  return (
    <Button variant="default" onClick={importStore.getState().close}>
      {vocabulary.cancel}
    </Button>
  );
}

function AnotherFileButton() {
  return (
    <Button variant="default" onClick={() => void importStore.getState().open()}>
      {words.anotherFile}
    </Button>
  );
}

function LockedFile({ file }: { file: Extract<ImportState, { status: 'locked' }> }) {
  const [passphrase, setPassphrase] = useState('');
  const { error, isBusy, fileName, product } = file;
  const isWrong = error?.code === 'IMPORT_NOT_OPENED';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '') void importStore.getState().unlock(passphrase);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.content}>
        <Text>{words.lockedMessage(fileName, product)}</Text>
        <PassphraseField
          label={words.passphrase}
          value={passphrase}
          onChange={setPassphrase}
          error={isWrong ? `${error.title}. ${error.detail}` : null}
          focused
        />
        {error !== null && !isWrong && <ErrorPanel error={error} actions={<AnotherFileButton />} />}
      </div>
      <Group className={classes.footer}>
        <CancelButton />
        <Button type="submit" loading={isBusy} disabled={passphrase === ''}>
          {words.open}
        </Button>
      </Group>
    </form>
  );
}

function ReadyImport({ file }: { file: ReadyFile }) {
  const { addedCount, replacedCount, skippedCount } = countChoices(file.choices, file.items.length);
  const importCount = addedCount + replacedCount;
  return (
    <div className={classes.form}>
      <div className={classes.content}>
        <ImportPreview file={file} />
        {file.error !== null && <ErrorPanel error={file.error} actions={<AnotherFileButton />} />}
      </div>
      <Group className={classes.footer}>
        <Text className={`${classes.dimmed} ${classes.grow}`} role="status">
          {file.isBusy ? words.applying : words.summary(addedCount, replacedCount, skippedCount)}
        </Text>
        <CancelButton />
        <Button
          loading={file.isBusy}
          disabled={importCount === 0}
          onClick={() => void importStore.getState().apply()}
        >
          {words.apply(importCount)}
        </Button>
      </Group>
    </div>
  );
}

function ImportDone({ report }: { report: ImportReport }) {
  const { addedCount, replacedCount, skippedCount, secretCount, notes } = report;
  return (
    <div className={classes.form}>
      <div className={classes.content} role="status">
        <Notice tone="success">
          <strong>{words.done(addedCount + replacedCount)}</strong>
          <div>{words.report(addedCount, replacedCount, skippedCount, secretCount)}</div>
        </Notice>
        {notes.length > 0 && (
          <>
            <Text component="h3" className={classes.heading}>
              {words.notes}
            </Text>
            <div className={classes.box}>
              <VirtualRows label={words.notes} count={notes.length} rowHeight={noteHeight}>
                {(index) => (
                  <div className={classes.note}>
                    <div className={classes.name}>{notes[index]?.name}</div>
                    <div className={classes.dimmed}>{notes[index]?.note}</div>
                  </div>
                )}
              </VirtualRows>
            </div>
          </>
        )}
      </div>
      <Group className={classes.footer}>
        <Button onClick={importStore.getState().close} data-autofocus>
          {vocabulary.close}
        </Button>
      </Group>
    </div>
  );
}

function Content({ state }: { state: Exclude<ImportState, { status: 'closed' }> }) {
  switch (state.status) {
    case 'opening':
      return (
        <div className={classes.opening}>
          <Loader size={18} />
          {words.opening}
        </div>
      );
    case 'failed':
      return (
        <div className={classes.form}>
          <div className={classes.content}>
            <ErrorPanel error={state.error} actions={<AnotherFileButton />} />
          </div>
        </div>
      );
    case 'locked':
      return <LockedFile key={state.importId} file={state} />;
    case 'ready':
      return <ReadyImport file={state} />;
    case 'done':
      return <ImportDone report={state.report} />;
  }
}

/** Brings in data sources from a file: what is in it, what to do about what exists already, and how it went. */
export function ImportDialog() {
  const state = useImport((store) => store.import);
  const contentRef = useStepFocus(state.status);
  const { shown, forget } = useLastShown(state.status === 'closed' ? null : state);
  return (
    <DialogWindow
      opened={state.status !== 'closed'}
      title={words.title}
      size={720}
      flush
      onClose={importStore.getState().close}
      onExitTransitionEnd={forget}
    >
      <div ref={contentRef}>{shown !== null && <Content state={shown} />}</div>
    </DialogWindow>
  );
}
