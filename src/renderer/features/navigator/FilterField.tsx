import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useFindTarget } from '../../lib/findCommand.ts';
import { navigatorText } from '../../text/navigator.ts';
import classes from './Navigator.module.css';
import { navigatorStore, useNavigator } from './navigator.ts';

export interface FilterFieldProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onLeaveDown: () => void;
}

/** Finds data sources and tables while one types. Escape clears it, the arrow down and Enter go on to what was found. */
export function FilterField({ inputRef, onLeaveDown }: FilterFieldProps) {
  const filter = useNavigator((store) => store.filter);
  const { setFilter } = navigatorStore.getState();

  useFindTarget(() => inputRef.current);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter !== '') {
      event.stopPropagation();
      setFilter('');
    }
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    onLeaveDown();
  };
  return (
    <TextInput
      ref={inputRef}
      className={classes.filter}
      size="xs"
      value={filter}
      onChange={(event) => setFilter(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      aria-label={navigatorText.filter}
      placeholder={navigatorText.filterPlaceholder}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        filter !== '' && (
          <CloseButton
            size="sm"
            aria-label={navigatorText.clearFilter}
            onClick={() => {
              setFilter('');
              inputRef.current?.focus();
            }}
          />
        )
      }
      spellCheck={false}
    />
  );
}
