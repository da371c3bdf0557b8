/** The grid of results alone, over rows that are made up as they are asked for, and what measures it. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '../../../src/renderer/theme/global.css';
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ResultGrid } from '../../../src/renderer/features/grid/index.ts';
import { ThemeProvider } from '../../../src/renderer/theme/ThemeProvider.tsx';
import type { WindowCell, WindowInput } from '../../../src/shared/model/results.ts';

const shape = new URLSearchParams(location.search);
const rowCount = Number(shape.get('rows') ?? 1_000_000);
const columnCount = Number(shape.get('columns') ?? 20);
const theme = shape.get('theme') === 'dark' ? 'dark' : 'light';

const columns = Array.from({ length: columnCount }, (_, at) =>
  at % 4 === 0
    ? { name: `number_${at}`, type: 'integer', kind: 'integer' as const }
    : { name: `column_${at}`, type: 'character varying(40)', kind: 'text' as const },
);

/** One in a while is something that has to be marked. */
function cellAt(row: number, column: number): WindowCell {
  if (column % 4 === 0) return String(row * 7 + column);
  const odd = (row * 31 + column) % 97;
  if (odd === 0) return null;
  if (odd === 1) return '';
  if (odd === 2) return 'two\nlines ';
  if (odd === 3) return { start: 'x'.repeat(512), length: 25_000_000 };
  return `value ${row} in ${column}`;
}

function windowOf(input: WindowInput) {
  const count = Math.max(0, Math.min(input.rowCount, rowCount - input.fromRow));
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from({ length: input.columnCount }, (__, at) => cellAt(input.fromRow + row, input.fromColumn + at)),
  );
  return structuredClone({ rows, positions: null });
}

/** What main takes for a window. */
const answerMs = 3;
const later = <Value,>(value: () => Value) =>
  new Promise<{ ok: true; value: Value }>((resolve) =>
    setTimeout(() => resolve({ ok: true, value: value() }), answerMs),
  );

Object.assign(window, {
  api: {
    calls: {
      results: {
        window: (_callId: string, input: WindowInput) => later(() => windowOf(input)),
        summary: () =>
          later(() => ({
            cellCount: 2,
            nullCount: 0,
            distinctCount: 2,
            sum: null,
            average: null,
            minimum: null,
            maximum: null,
          })),
      },
    },
    cancel: () => undefined,
    on: () => () => undefined,
  },
});

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const viewport = (): HTMLElement => {
  const grid = document.querySelector<HTMLElement>('[role="grid"]');
  if (grid === null) throw new Error('There is no grid.');
  return grid;
};
const isLoading = (): boolean =>
  viewport().querySelector('[data-tone="loading"]:not([hidden]), [data-left-out]') !== null;

/** Durations of the frames while something is done in each of them, in milliseconds. */
async function framesOf(count: number, step: (index: number) => void): Promise<number[]> {
  const durations: number[] = [];
  let before = await frame();
  for (let index = 0; index < count; index += 1) {
    step(index);
    const now = await frame();
    durations.push(now - before);
    before = now;
  }
  return durations;
}

const measurements = {
  /** A wheel that is turned without a pause. */
  slow: (count: number) => framesOf(count, () => viewport().scrollBy(0, 60)),
  sideways: (count: number) => framesOf(count, () => viewport().scrollBy(60, 0)),
  /** The same wheel over an element with nothing in it: what this machine takes for a frame, whoever draws it. */
  async empty(count: number): Promise<number[]> {
    const element = document.createElement('div');
    element.style.cssText = 'position: fixed; inset: 0; z-index: 9; overflow: auto; background: white';
    const content = document.createElement('div');
    content.style.height = `${60 * (count + 1)}px`;
    content.style.paddingTop = '100vh';
    element.append(content);
    document.body.append(element);
    const durations = await framesOf(count, () => element.scrollBy(0, 60));
    element.remove();
    return durations;
  },
  /** From setting the scroll bar until the cells are on the screen. */
  async jumps(count: number): Promise<number[]> {
    const durations: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const grid = viewport();
      const share = ((index * 7_919) % 1_000) / 1_000;
      const startedAt = performance.now();
      grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
      await frame();
      while (isLoading()) await frame();
      await frame();
      durations.push(performance.now() - startedAt);
    }
    return durations;
  },
};
Object.assign(window, { measurements });

const root = document.getElementById('root');
const result = { resultId: '00000000-0000-4000-8000-000000000000', columns, rowCount, isComplete: true };
if (root !== null) {
  createRoot(root).render(
    <ThemeProvider preference={theme} nonce="">
      <div style={{ height: '100vh' }}>
        <Suspense>
          <ResultGrid label="Rows" result={result} sourceId={null} isActive />
        </Suspense>
      </div>
    </ThemeProvider>,
  );
}
