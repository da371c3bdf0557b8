import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { useFindTarget } from '../../lib/findCommand.ts';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections } from './connections.ts';

/** Narrows the list while one types. Escape clears it, the arrow down goes on into the list. */
export function FilterField({ onLeaveDown }: { onLeaveDown: () => void }) {
  const filter = useConnections((store) => store.filter);
  const inputRef = useRef<HTMLInputElement>(null);
  const { setFilter } = connectionsStore.getState();

  useFindTarget(() => inputRef.current);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setFilter('');
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    onLeaveDown();
  };
  return (
    <TextInput
      ref={inputRef}
      value={filter}
      onChange={(event) => setFilter(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      aria-label={connectionsText.filter}
      placeholder={connectionsText.filterPlaceholder}
      leftSection={<IconSearch size={14} />}
      rightSection={
        filter !== '' && (
          <CloseButton
            size="sm"
            aria-label={connectionsText.clearFilter}
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
