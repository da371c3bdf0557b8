import { Button, Group, Radio, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ExportInput } from '../../../shared/model/transfer.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useStepFocus } from '../../lib/useStepFocus.ts';
import { transferText } from '../../text/transfer.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { useConnections } from '../connections/index.ts';
import { NewPassphraseFields } from '../vault/index.ts';
import { ExportChoice } from './ExportChoice.tsx';
import classes from './Transfer.module.css';
import { exportStore, useExport } from './transfer.ts';
import { VirtualRows } from './VirtualRows.tsx';

const words = transferText.export;
const noteHeight = 26;

type ProtectionType = ExportInput['protection']['type'];

interface ProtectionFieldProps {
  readonly value: ProtectionType;
  readonly onChange: (value: ProtectionType) => void;
  readonly onPassphrase: (passphrase: string | null) => void;
}

/** Who can read the file. */
function ProtectionField({ value, onChange, onPassphrase }: ProtectionFieldProps) {
  return (
    <Radio.Group
      label={words.protection}
      value={value}
      onChange={(next) => onChange(next === 'passphrase' ? 'passphrase' : 'no-secrets')}
    >
      <div className={classes.protection}>
        <Radio value="passphrase" label={words.encrypted} description={words.encryptedHint} />
        <Radio value="no-secrets" label={words.plain} description={words.plainHint} />
        {value === 'passphrase' && <NewPassphraseFields onChange={onPassphrase} lostNote={words.lostNote} />}
      </div>
    </Radio.Group>
  );
}

function protectionOf(type: ProtectionType, passphrase: string | null): ExportInput['protection'] | null {
  if (type === 'no-secrets') return { type };
  return passphrase === null ? null : { type, passphrase };
}

function ExportForm() {
  const [type, setType] = useState<ProtectionType>('passphrase');
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const order = useConnections((store) => store.order);
  const chosen = useExport((store) => store.chosen);
  const saving = useExport((store) => store.saving);
  const ids = order.filter((id) => chosen.has(id));
  const protection = protectionOf(type, passphrase);
  const { save, close } = exportStore.getState();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (protection !== null && ids.length > 0) void save(ids, protection);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.content}>
        <ExportChoice />
        <ProtectionField
          value={type}
          onChange={(next) => {
            setType(next);
            setPassphrase(null);
          }}
          onPassphrase={setPassphrase}
        />
        {saving.status === 'failed' && <ErrorPanel error={saving.error} />}
      </div>
      <Group className={classes.footer}>
        <Button variant="default" onClick={close}>
          {vocabulary.cancel}
        </Button>
        <Button
          type="submit"
          loading={saving.status === 'running'}
          disabled={protection === null || ids.length === 0}
        >
          {words.save(ids.length)}
        </Button>
      </Group>
    </form>
  );
}

function ExportDone() {
  const saving = useExport((store) => store.saving);
  if (saving.status !== 'saved') return null;
  const { fileName, dataSourceCount, secretCount, withoutSecret } = saving.report;
  return (
    <div className={classes.form}>
      <div className={classes.content} role="status">
        <Notice tone="success">
          <strong>{words.saved(fileName)}</strong>
          <div>{words.counts(dataSourceCount, secretCount)}</div>
        </Notice>
        {withoutSecret.length > 0 && (
          <>
            <Notice tone="warning">{words.withoutSecret(withoutSecret.length)}</Notice>
            <div className={classes.box}>
              <VirtualRows
                label={words.withoutSecret(withoutSecret.length)}
                count={withoutSecret.length}
                rowHeight={noteHeight}
              >
                {(index) => <Text className={classes.note}>{withoutSecret[index]}</Text>}
              </VirtualRows>
            </div>
          </>
        )}
      </div>
      <Group className={classes.footer}>
        <Button onClick={exportStore.getState().close} data-autofocus>
          {vocabulary.close}
        </Button>
      </Group>
    </div>
  );
}

/** Writes chosen data sources to a file: encrypted with their passwords, or readable without them. */
export function ExportDialog() {
  const opened = useExport((store) => store.opened);
  const isSaved = useExport((store) => store.saving.status === 'saved');
  const contentRef = useStepFocus(isSaved ? 'saved' : 'choosing');
  return (
    <DialogWindow opened={opened} title={words.title} size={620} flush onClose={exportStore.getState().close}>
      <div ref={contentRef}>{isSaved ? <ExportDone /> : <ExportForm />}</div>
    </DialogWindow>
  );
}
