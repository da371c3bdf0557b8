import { Button, Checkbox, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useStore } from 'zustand';
import type { FileFormat } from '../../../../shared/model/results.ts';
import { type CsvOptions, csvOptionsSchema, fileFormatSchema } from '../../../../shared/model/results.ts';
import { DialogWindow } from '../../../components/DialogWindow.tsx';
import { plainCsv } from '../../../lib/plainCsv.ts';
import { gridText } from '../../../text/grid.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import { fileOptionsStore, formatOf, germanCsv, presetOf } from './fileOptions.ts';
import classes from './SaveDialog.module.css';

const words = gridText.save;
const fileTypes = fileFormatSchema.options.map(({ shape }) => shape.type.value);

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

/** In which format rows are saved. Where to is asked by main. */
export function SaveDialog({ opened, onSave, onClose }: SaveDialogProps) {
  const options = useStore(fileOptionsStore);
  const { type, csv } = options;
  return (
    <DialogWindow opened={opened} title={words.title} onClose={onClose} size={440} closeOnClickOutside>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(formatOf(options));
        }}
      >
        <SegmentedControl
          aria-label={words.format}
          size="sm"
          value={type}
          data={fileTypes.map((value) => ({ value, label: words.formats[value] }))}
          onChange={(value) => fileOptionsStore.setState({ type: value })}
        />
        {type === 'csv' ? (
          <CsvFields csv={csv} onChange={(next) => fileOptionsStore.setState({ csv: next })} />
        ) : (
          <p className={classes.hint}>{type === 'json' ? words.jsonHint : words.ndjsonHint}</p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
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
