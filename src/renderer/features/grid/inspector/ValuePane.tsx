import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconCopy, IconSearch, IconTextWrap } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { TextValue } from '../../../components/values/TextValue.tsx';
import { TreeValue } from '../../../components/values/TreeValue.tsx';
import { useIsSlow } from '../../../lib/useIsSlow.ts';
import { inspectorText } from '../../../text/inspector.ts';
import { copyCell } from '../gridCalls.ts';
import type { InspectorTarget } from '../inspectorStore.ts';
import classes from './Inspector.module.css';
import { type CellValue, useCellValue } from './useCellValue.ts';
import { contentOf, formsOf, takesPart, type ValueForm } from './valueForms.ts';

const words = inspectorText;
/** Longer values are shown as text only: a page cannot hold more. */
const longestFormed = 5_000_000;

/** How much of a value is shown, with the way to more of it. */
function ValueFooter({ value, onMore }: { value: CellValue; onMore: () => void }) {
  const { text, readLength, length, byteLength } = value;
  if (text === null) return null;
  const isWhole = readLength >= length;
  return (
    <footer className={classes.footer}>
      <span>{isWhole ? words.size(length, byteLength) : words.partOnly(readLength, length)}</span>
      {!isWhole && readLength < longestFormed && (
        <Button size="compact-xs" variant="default" onClick={onMore}>
          {words.loadMore}
        </Button>
      )}
    </footer>
  );
}

interface FormedValueProps {
  readonly form: ValueForm;
  readonly target: InspectorTarget;
  readonly value: CellValue & { readonly text: string };
  readonly wraps: boolean;
  readonly search: string;
  readonly at: number;
  readonly onCounted: (count: number) => void;
}

function FormedValue({ form, target, value, wraps, search, at, onCounted }: FormedValueProps) {
  const kind = target.columns[target.column]?.kind ?? 'text';
  const isWhole = value.readLength >= value.length;
  const isPossible = isWhole || takesPart(form);
  const content = useMemo(
    () => (isPossible ? contentOf(form, kind, value.text) : null),
    [form, kind, value.text, isPossible],
  );
  const text = (shown: string) => (
    <TextValue text={shown} wraps={wraps && form !== 'hex'} search={search} at={at} onCounted={onCounted} />
  );
  if (typeof content === 'string') return text(content);
  if (content !== null) return <TreeValue node={content} />;
  return (
    <>
      <div className={classes.hint}>
        <Notice tone="info">{isPossible ? words.invalid(words.forms[form]) : words.loadMoreFirst}</Notice>
      </div>
      {text(value.text)}
    </>
  );
}

/** The value of one cell, in the form that suits it. */
export function ValuePane({ target }: { target: InspectorTarget }) {
  const { value, error, isLoading, loadMore } = useCellValue(target);
  const [chosen, setChosen] = useState<ValueForm | null>(null);
  const [wraps, setWraps] = useState(true);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const [count, setCount] = useState(0);
  const isSlow = useIsSlow(isLoading);
  const kind = target.columns[target.column]?.kind ?? 'text';
  const forms = formsOf(kind, value?.text ?? '');
  const form = chosen !== null && forms.includes(chosen) ? chosen : (forms[0] ?? 'text');
  if (error !== null) return <ErrorPanel error={error} />;
  if (value === null) return isSlow && <EmptyState title={words.loading} />;
  const { text } = value;
  if (text === null) return <EmptyState title={words.null} message={words.nullMessage} />;
  if (text === '') return <EmptyState title={words.empty} />;
  return (
    <>
      <div className={classes.tools}>
        {forms.length > 1 && (
          <SegmentedControl
            className={classes.forms}
            size="xs"
            aria-label={words.form}
            value={form}
            data={forms.map((one) => ({ value: one, label: words.forms[one] }))}
            onChange={setChosen}
          />
        )}
        <TextInput
          size="xs"
          className={classes.search}
          value={search}
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<IconSearch size={13} />}
          spellCheck={false}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setAt(at + (event.shiftKey ? -1 : 1));
          }}
        />
        {search !== '' && (
          <span role="status" className={classes.dimmed}>
            {words.matches(count)}
          </span>
        )}
        <IconButton size="sm" label={words.wrap} isPressed={wraps} onClick={() => setWraps(!wraps)}>
          <IconTextWrap size={15} />
        </IconButton>
        <IconButton size="sm" label={words.copy} onClick={() => void copyCell(target)}>
          <IconCopy size={15} />
        </IconButton>
      </div>
      <FormedValue
        form={form}
        target={target}
        value={{ ...value, text }}
        wraps={wraps}
        search={search}
        at={at}
        onCounted={setCount}
      />
      <ValueFooter value={value} onMore={loadMore} />
    </>
  );
}
