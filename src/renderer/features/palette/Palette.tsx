import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { useLastShown } from '../../lib/useLastShown.ts';
import { paletteText } from '../../text/commands.ts';
import { ItemList } from './ItemList.tsx';
import classes from './Palette.module.css';
import {
  closePalette,
  type PaletteScope,
  paletteStore,
  rememberChoice,
  setSearch,
  stopTypingAhead,
  usePalette,
} from './palette.ts';
import { keptKeys, type PaletteItem, usePaletteItems } from './paletteItems.ts';
import { ranked } from './ranking.ts';

const pageRowCount = 8;

/** Objects that were opened lately, above all commands. */
const keptShownCount = 6;

/** Where a key goes in a list of so many; null when it goes nowhere. */
function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'PageDown') return Math.min(count - 1, at + pageRowCount);
  if (key === 'PageUp') return Math.max(0, at - pageRowCount);
  return null;
}

function choose(item: PaletteItem): void {
  closePalette();
  rememberChoice(item.key);
  // The palette gives the focus back first: what is opened may take it.
  setTimeout(item.run);
}

function itemsFor(search: string, items: readonly PaletteItem[], scope: PaletteScope) {
  const isUntyped = search.trim() === '';
  const kept = keptKeys();
  // What was opened lately comes first; among all commands, not so much of it that they are out of sight.
  const recent = [...(scope === 'all' && isUntyped ? kept.slice(0, keptShownCount) : kept)];
  for (const key of paletteStore.getState().recent) if (!kept.includes(key)) recent.push(key);
  const offeredKeys = new Set(recent);
  // Before anything is typed, tens of thousands of relations are no help.
  const offered =
    isUntyped && scope === 'all'
      ? items.filter(({ kind, key }) => kind !== 'relation' || offeredKeys.has(key))
      : items;
  return ranked(offered, search, recent);
}

function Search({ scope }: { scope: PaletteScope }) {
  const search = usePalette((state) => state.search);
  const isEntered = usePalette((state) => state.isEntered);
  const [active, setActive] = useState(0);
  const shownSearch = useDeferredValue(search);
  const items = usePaletteItems(scope);
  const listId = useId();
  const found = useMemo(() => itemsFor(shownSearch, items, scope), [items, shownSearch, scope]);
  const activeIndex = Math.min(active, Math.max(0, found.length - 1));

  useEffect(() => {
    const [first] = isEntered ? itemsFor(search, items, scope) : [];
    if (first !== undefined) choose(first);
  }, [isEntered, search, items, scope]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const target = targetOf(event.key, activeIndex, found.length);
    // Who types fast means what was typed, not the list of before.
    const item = search === shownSearch ? found[activeIndex] : itemsFor(search, items, scope)[0];
    if (target !== null) setActive(target);
    else if (event.key === 'Enter' && item !== undefined) choose(item);
    else return;
    event.preventDefault();
  };
  const isAll = scope === 'all';
  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        className={classes.search}
        leftSection={<IconSearch size={16} />}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${listId}-${activeIndex}` : undefined}
        aria-label={isAll ? paletteText.placeholder : paletteText.relationsPlaceholder}
        placeholder={isAll ? paletteText.placeholder : paletteText.relationsPlaceholder}
        value={search}
        onChange={({ currentTarget }) => {
          setSearch(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onFocus={stopTypingAhead}
      />
      <ItemList
        id={listId}
        items={found}
        activeIndex={activeIndex}
        onActivate={setActive}
        onChoose={choose}
      />
      {found.length === 0 && (
        <p className={classes.nothing}>
          {shownSearch.trim() === '' ? paletteText.noRelations : paletteText.nothing(shownSearch)}
        </p>
      )}
      <p className={classes.hint}>{paletteText.hint}</p>
    </>
  );
}

/** Finds and does anything: commands, data sources, and the relations of those that are connected. */
export function Palette() {
  const scope = usePalette((state) => state.scope);
  const { shown } = useLastShown(scope);
  const title = shown === 'relations' ? paletteText.relationsTitle : paletteText.title;
  return (
    <Modal
      opened={scope !== null}
      onClose={closePalette}
      withCloseButton={false}
      centered={false}
      yOffset="10vh"
      size={600}
      padding={0}
      attributes={{ content: { 'aria-label': title } }}
    >
      {scope !== null && <Search scope={scope} />}
    </Modal>
  );
}
