import { ActionIcon, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useCommands } from '../../lib/commands.ts';
import { runCommand } from '../../lib/useCommandKeys.ts';
import { navigatorText } from '../../text/navigator.ts';
import { useConnections } from '../connections/index.ts';
import classes from './Navigator.module.css';
import { NavigatorHead } from './NavigatorHead.tsx';
import { NavigatorTree, type NavigatorTreeProps } from './NavigatorTree.tsx';
import { navigatorStore, startNavigator, useNavigator } from './navigator.ts';
import { navigatorCommands } from './navigatorCommands.ts';
import { useNavigatorRows } from './useNavigatorRows.ts';

function Placeholder() {
  return (
    <div className={classes.placeholder}>
      {[70, 55, 80].map((width) => (
        <Skeleton key={width} height={10} width={`${width}%`} />
      ))}
    </div>
  );
}

function RowArea(props: NavigatorTreeProps) {
  const { found } = props;
  const loading = useConnections((store) => store.loading);
  if (found.rows.length > 0) return <NavigatorTree {...props} />;
  if (loading.status === 'loading') return <Placeholder />;
  const isSearch = found.filter !== '';
  return (
    <div className={classes.nothing}>
      <p>{isSearch ? navigatorText.nothingFound(found.filter) : navigatorText.empty}</p>
      <p>{isSearch ? navigatorText.nothingFoundHint : navigatorText.emptyHint}</p>
    </div>
  );
}

const MoveDialog = shownOnDemand(
  async () => (await import('./MoveDialog.tsx')).MoveDialog,
  () => useNavigator((store) => store.movingId !== null),
);

/** The left side of the window: data sources in their folders, and below the connected ones what is in them. */
export function Navigator() {
  const found = useNavigatorRows();
  const treeRef = useRef<HTMLDivElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  useEffect(startNavigator, []);
  useCommands(navigatorCommands);
  // From a filter one goes to what it found best.
  const goToRows = () => {
    const best = found.rows.find((row) => row.type !== 'source' || row.isExpanded !== true) ?? found.rows[0];
    if (found.words.length > 0 && best !== undefined) navigatorStore.getState().setActive(best.key);
    treeRef.current?.focus();
  };
  return (
    <nav className={classes.navigator} aria-label={navigatorText.label}>
      <NavigatorHead inputRef={filterRef} onLeaveDown={goToRows} />
      <div className={classes.rows}>
        <RowArea found={found} treeRef={treeRef} focusFilter={() => filterRef.current?.select()} />
      </div>
      <footer className={classes.foot}>
        <Text className={classes.count} role="status">
          {found.words.length > 0 &&
            found.rows.length > 0 &&
            navigatorText.found(found.sourceCount, found.nodeCount)}
        </Text>
        <Tooltip label={<ShortcutHint label={navigatorText.settings} shortcut="Mod+," />}>
          <ActionIcon
            size={24}
            aria-label={navigatorText.settings}
            onClick={() => runCommand('settings.open')}
          >
            <IconSettings size={16} />
          </ActionIcon>
        </Tooltip>
      </footer>
      <MoveDialog />
    </nav>
  );
}
