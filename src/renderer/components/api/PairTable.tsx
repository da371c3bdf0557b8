import { ActionIcon, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { PairForm } from '../../lib/requestForms.ts';
import { requestsText } from '../../text/requests.ts';
import classes from './Lines.module.css';
import { linesWithNew, withLine, withoutLine } from './lines.ts';

const emptyPair: PairForm = { name: '', value: '' };

interface PairTableProps {
  /** What the lines are, such as `Headers`. */
  readonly label: string;
  readonly pairs: readonly PairForm[];
  readonly onChange: (pairs: PairForm[]) => void;
}

/** Names with their values, in order; an empty line at the end takes the next one. */
export function PairTable({ label, pairs, onChange }: PairTableProps) {
  const { names } = requestsText;
  return (
    <fieldset className={classes.pairs} aria-label={label}>
      <span className={classes.head} aria-hidden>
        {names.name}
      </span>
      <span className={classes.head} aria-hidden>
        {names.value}
      </span>
      <span />
      {linesWithNew(pairs, emptyPair).map((pair, index) => {
        const set = (change: Partial<PairForm>) => onChange(withLine(pairs, index, { ...pair, ...change }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal, and a line is its place
          <div key={index} className={classes.line}>
            <TextInput
              size="xs"
              aria-label={requestsText.nameOf(label, index + 1)}
              value={pair.name}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              classNames={{ input: classes.mono }}
              aria-label={requestsText.valueOf(label, pair.name)}
              value={pair.value}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => set({ value: event.currentTarget.value })}
            />
            <RemoveLine
              name={pair.name}
              isNew={index === pairs.length}
              onClick={() => onChange(withoutLine(pairs, index))}
            />
          </div>
        );
      })}
    </fieldset>
  );
}

interface RemoveLineProps {
  readonly name: string;
  /** The empty line at the end, which is always there. */
  readonly isNew: boolean;
  readonly onClick: () => void;
}

export function RemoveLine({ name, isNew, onClick }: RemoveLineProps) {
  if (isNew) return <span />;
  return (
    <ActionIcon size="sm" aria-label={requestsText.remove(name)} onClick={onClick}>
      <IconX size={14} />
    </ActionIcon>
  );
}
