import { Button, Checkbox, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { plainCsv } from '../../../../shared/model/plainCsv.ts';
import {
  type CsvOptions,
  csvOptionsSchema,
  type FileFormat,
  type FileOptions,
  fileOptionsSchema,
} from '../../../../shared/model/results.ts';
import { DialogWindow } from '../../../components/DialogWindow.tsx';
import { gridText } from '../../../text/grid.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import { settingsStore, useSettings } from '../../settings/index.tsx';
import { formatOf, germanCsv, presetOf } from './fileOptions.ts';
import classes from './SaveDialog.module.css';

const words = gridText.save;
const fileTypes = fileOptionsSchema.shape.type.options;

interface SaveDialogProps {
  readonly opened: boolean;
  readonly onSave: (format: FileFormat) => void;
  readonly onClose: () => void;
}

function CsvFields({ csv, onChange }: { csv: CsvOptions; onChange: (csv: CsvOptions) => void }) {
  const change = (part: Partial<CsvOptions>): void => onChange({ ...csv, ...part });
  return (
    <>
      <SegmentedControl
        aria-label={words.preset}
        size="sm"
        value={presetOf(csv)}
        data={[
          { value: 'plain', label: words.presets.plain },
          { value: 'german', label: words.presets.german },
          { value: 'own', label: words.presets.own, disabled: presetOf(csv) !== 'own' },
        ]}
        onChange={(preset) => onChange(preset === 'german' ? germanCsv : plainCsv)}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={words.separator}
          value={csv.separator}
          data={csvOptionsSchema.shape.separator.options.map((value) => ({
            value,
            label: words.separators[value],
          }))}
          onChange={(event) =>
            change({ separator: csvOptionsSchema.shape.separator.parse(event.currentTarget.value) })
          }
        />
        <NativeSelect
          label={words.lineEnd}
          value={csv.lineEnd}
          data={csvOptionsSchema.shape.lineEnd.options.map((value) => ({
            value,
            label: words.lineEnds[value],
          }))}
          onChange={(event) =>
            change({ lineEnd: csvOptionsSchema.shape.lineEnd.parse(event.currentTarget.value) })
          }
        />
      </div>
      <TextInput
        label={words.nullText}
        description={words.nullHint}
        value={csv.nullText}
        maxLength={20}
        onChange={(event) => change({ nullText: event.currentTarget.value })}
      />
      <Checkbox
        label={words.header}
        checked={csv.withHeader}
        onChange={(event) => change({ withHeader: event.currentTarget.checked })}
      />
      <Checkbox
        label={words.decimalComma}
        checked={csv.decimalComma}
        onChange={(event) => change({ decimalComma: event.currentTarget.checked })}
      />
      <Checkbox
        label={words.bom}
        checked={csv.withBom}
        onChange={(event) => change({ withBom: event.currentTarget.checked })}
      />
      <Checkbox
        label={words.escapesFormulas}
        checked={csv.escapesFormulas}
        onChange={(event) => change({ escapesFormulas: event.currentTarget.checked })}
      />
    </>
  );
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
