import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useState } from 'react';

/** Nobody types a next letter later than this. */
const waitMs = 200;

interface SearchFieldProps {
  readonly label: string;
  /** What is searched for now, by whomever. */
  readonly wanted: string;
  /** Told when the keys rest. */
  readonly onSearch: (text: string) => void;
  /** Where Escape has nothing else to do. */
  readonly clearsWithEscape?: boolean;
  readonly className: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Words that a list is searched for. */
export function SearchField(props: SearchFieldProps) {
  const { label, wanted, onSearch, clearsWithEscape = false, className, ref } = props;
  const [text, setText] = useState(wanted);
  const search = useDebouncedCallback(onSearch, waitMs);
  // It is emptied from elsewhere, too.
  useEffect(() => setText(wanted), [wanted]);
  const type = (typed: string): void => {
    setText(typed);
    search(typed);
  };
  return (
    <TextInput
      ref={ref}
      className={className}
      size="xs"
      value={text}
      maxLength={200}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (!clearsWithEscape || event.key !== 'Escape' || text === '') return;
        event.stopPropagation();
        type('');
      }}
      placeholder={label}
      aria-label={label}
      spellCheck={false}
      leftSection={<IconSearch size={14} aria-hidden />}
    />
  );
}
