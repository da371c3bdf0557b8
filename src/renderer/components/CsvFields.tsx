import { Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { plainCsv } from '../../shared/model/plainCsv.ts';
import { type CsvOptions, csvOptionsSchema } from '../../shared/model/results.ts';
import { csvPresetOf, germanCsv } from '../lib/csvPresets.ts';
import { gridText } from '../text/grid.ts';
import classes from './CsvFields.module.css';

const words = gridText.save;
const flags = [
  ['withHeader', words.header],
  ['decimalComma', words.decimalComma],
  ['withBom', words.bom],
  ['escapesFormulas', words.escapesFormulas],
] as const;

/** How CSV is written: by a preset, or field by field. */
export function CsvFields({ csv, onChange }: { csv: CsvOptions; onChange: (csv: CsvOptions) => void }) {
  const change = (part: Partial<CsvOptions>): void => onChange({ ...csv, ...part });
  return (
    <>
      <SegmentedControl
        aria-label={words.preset}
        size="sm"
        value={csvPresetOf(csv)}
        data={[
          { value: 'plain', label: words.presets.plain },
          { value: 'german', label: words.presets.german },
          { value: 'own', label: words.presets.own, disabled: csvPresetOf(csv) !== 'own' },
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
      {flags.map(([flag, label]) => (
        <Checkbox
          key={flag}
          label={label}
          checked={csv[flag]}
          onChange={(event) => change({ [flag]: event.currentTarget.checked })}
        />
      ))}
    </>
  );
}
