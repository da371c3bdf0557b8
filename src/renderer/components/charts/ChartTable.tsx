// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus
import { Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import { chartsText } from '../../text/charts.ts';
import { useCopyText } from '../Clipboard.tsx';
import { RowTable } from '../RowTable.tsx';
import { rowColumn } from '../rowColumns.ts';
import { valueText } from './ChartLegend.tsx';
import { type ChartData, type ChartLine, measuredIndexes, type Span, valuesAt } from './chartData.ts';
import { momentText } from './chartTimes.ts';

interface ChartTableProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly data: ChartData;
  readonly span: Span;
  readonly format: (value: number) => string;
}

/** What a row shows: the moment, then a value for each line. */
interface Row {
  readonly id: string;
  readonly key: string;
  readonly texts: Readonly<Record<string, string>>;
}

const timeKey = 'time';

/** The same figures as the chart draws, newest first. */
function tableRows({ lines, data, span, format }: Omit<ChartTableProps, 'title'>): readonly Row[] {
  return measuredIndexes(data)
    .map((index) => {
      const time = data[0][index] ?? 0;
      const values = valuesAt(data, index);
      const cells = lines.map(({ key }, line) => [key, valueText(values[line] ?? null, format)]);
      const texts = Object.fromEntries([[timeKey, momentText(time, span)], ...cells]);
      return { id: String(time), key: String(time), texts };
    })
    .reverse();
}

/** The table as text, a tab between two cells, as spreadsheets take it. */
function tableText(lines: readonly ChartLine[], rows: readonly Row[]): string {
  const keys = [timeKey, ...lines.map(({ key }) => key)];
  const head = [chartsText.time, ...lines.map(({ label }) => label)];
  return [head, ...rows.map(({ texts }) => keys.map((key) => texts[key] ?? ''))]
    .map((cells) => cells.join('\t'))
    .join('\n');
}

/** What a chart draws, as a table. */
export function ChartTable({ title, ...content }: ChartTableProps) {
  const { lines, data, span, format } = content;
  const copyText = useCopyText();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const rows = useMemo(() => tableRows({ lines, data, span, format }), [lines, data, span, format]);
  const columns = useMemo(
    () => [
      { ...rowColumn(timeKey, 136), track: 'minmax(136px, 1fr)' },
      ...lines.map(({ key }) => ({ ...rowColumn(key, 64, 0, true), track: 'minmax(64px, 1fr)' })),
    ],
    [lines],
  );
  const labelOf = (key: string): string => lines.find((line) => line.key === key)?.label ?? chartsText.time;
  return (
    <RowTable
      label={title}
      rows={rows}
      columns={columns}
      columnLabel={labelOf}
      selectedId={selectedId}
      sort={null}
      onSort={() => undefined}
      onSelect={(row) => setSelectedId(row?.id ?? null)}
      onKey={() => false}
      cell={({ texts }, { key, isNumber }) => (
        <span key={key} role="gridcell" data-number={isNumber || undefined}>
          {texts[key]}
        </span>
      )}
      empty={chartsText.empty}
      menu={<Menu.Item onClick={() => copyText(tableText(lines, rows))}>{chartsText.copyTable}</Menu.Item>}
    />
  );
}
