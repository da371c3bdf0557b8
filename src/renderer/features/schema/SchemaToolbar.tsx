import { ActionIcon, CloseButton, Loader, TextInput, Tooltip } from '@mantine/core';
import { IconRefresh, IconSearch, IconSettings2 } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './SchemaBrowser.module.css';
import { schemaStore, useTree } from './schema.ts';

interface SchemaToolbarProps {
  readonly sourceId: DataSourceId;
  readonly filterRef: RefObject<HTMLInputElement | null>;
  /** Puts the keyboard into the tree. */
  readonly focusTree: () => void;
  readonly refresh: () => void;
}

const actions = schemaStore.getState();

/** The filter above the tree, and what concerns the tree as a whole. */
export function SchemaToolbar({ sourceId, filterRef, focusTree, refresh }: SchemaToolbarProps) {
  const filter = useTree(sourceId, (tree) => tree.filter);
  const showsSystem = useTree(sourceId, (tree) => tree.showsSystem);
  const isLoading = useTree(sourceId, (tree) => tree.names.status === 'loading');
  const setFilter = (text: string) => actions.setFilter(sourceId, text);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusTree();
    } else if (event.key === 'Escape' && filter !== '') {
      event.stopPropagation();
      setFilter('');
    }
  };
  const systemLabel = showsSystem ? schemaText.hideSystem : schemaText.showSystem;

  return (
    <div className={classes.toolbar}>
      <TextInput
        ref={filterRef}
        className={classes.filter}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={schemaText.filterPlaceholder}
        aria-label={schemaText.filter}
        spellCheck={false}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          filter !== '' && (
            <CloseButton size="sm" aria-label={schemaText.clearFilter} onClick={() => setFilter('')} />
          )
        }
      />
      <Tooltip label={systemLabel}>
        <ActionIcon
          variant={showsSystem ? 'light' : 'subtle'}
          aria-pressed={showsSystem}
          aria-label={schemaText.showSystem}
          onClick={() => actions.setShowsSystem(sourceId, !showsSystem)}
        >
          <IconSettings2 size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={<ShortcutHint label={schemaText.refresh} shortcut="F5" />}>
        <ActionIcon aria-label={schemaText.refresh} onClick={refresh}>
          {isLoading ? <Loader size={14} /> : <IconRefresh size={16} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
