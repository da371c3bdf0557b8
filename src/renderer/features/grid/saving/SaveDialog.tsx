import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type FileFormat, type FileOptions, fileOptionsSchema } from '../../../../shared/model/results.ts';
import { CsvFields } from '../../../components/CsvFields.tsx';
import { DialogWindow } from '../../../components/DialogWindow.tsx';
import { gridText } from '../../../text/grid.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import { settingsStore, useSettings } from '../../settings/index.tsx';
import { formatOf } from './fileOptions.ts';
import classes from './SaveDialog.module.css';

const words = gridText.save;
const fileTypes = fileOptionsSchema.shape.type.options;

interface SaveDialogProps {
  readonly opened: boolean;
  readonly onSave: (format: FileFormat) => void;
  readonly onClose: () => void;
}

/** In which format rows are saved: at first as the last time. Where to is asked by main. */
export function SaveDialog({ opened, onSave, onClose }: SaveDialogProps) {
  const kept = useSettings((store) => store.preferences.fileOptions);
  const [changed, setChanged] = useState<Partial<FileOptions>>({});
  const options = { ...kept, ...changed };
  const { type, csv } = options;
  const close = (): void => {
    setChanged({});
    onClose();
  };
  return (
    <DialogWindow opened={opened} title={words.title} onClose={close} size={440} closeOnClickOutside>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void settingsStore.getState().setPreferences({ fileOptions: options });
          setChanged({});
          onSave(formatOf(options));
        }}
      >
        <SegmentedControl
          aria-label={words.format}
          size="sm"
          value={type}
          data={fileTypes.map((value) => ({ value, label: words.formats[value] }))}
          onChange={(value) => setChanged({ ...changed, type: value })}
        />
        {type === 'csv' ? (
          <CsvFields csv={csv} onChange={(next) => setChanged({ ...changed, csv: next })} />
        ) : (
          <p className={classes.hint}>{type === 'json' ? words.jsonHint : words.ndjsonHint}</p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {vocabulary.cancel}
          </Button>
          <Button type="submit" data-autofocus>
            {words.submit}
          </Button>
        </Group>
      </form>
    </DialogWindow>
  );
}
