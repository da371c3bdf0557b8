import { Button } from '@mantine/core';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Keys } from '../../components/Keys.tsx';
import { runCommand } from '../../lib/useCommandKeys.ts';
import { tabsText } from '../../text/tabs.ts';
import { useNewTab } from './newTabHere.ts';
import classes from './TabArea.module.css';
import { tabsStore, useTabs } from './tabs.ts';

interface ActionProps {
  readonly label: string;
  readonly shortcut: string;
  readonly onClick: () => void;
}

function Action({ label, shortcut, onClick }: ActionProps) {
  return (
    <Button
      variant="subtle"
      color="gray"
      justify="space-between"
      rightSection={<Keys shortcut={shortcut} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

/** Stands in the main area while nothing is open: the first steps, with their keys. */
export function EmptyGroup() {
  const newTab = useNewTab();
  const canReopen = useTabs(({ closed }) => closed.length > 0);
  return (
    <div className={classes.empty}>
      <EmptyState
        title={tabsText.emptyTitle}
        message={tabsText.emptyMessage}
        actions={
          <div className={classes.steps}>
            <Action label={newTab.label} shortcut="Mod+T" onClick={() => newTab.open()} />
            <Action
              label={tabsText.goToRelation}
              shortcut="Mod+P"
              onClick={() => runCommand('palette.relations')}
            />
            <Action label={tabsText.openFile} shortcut="Mod+O" onClick={() => runCommand('query.openFile')} />
            <Action
              label={tabsText.allCommands}
              shortcut="Mod+K"
              onClick={() => runCommand('palette.open')}
            />
            {canReopen && (
              <Action label={tabsText.reopen} shortcut="Mod+Shift+T" onClick={tabsStore.getState().reopen} />
            )}
          </div>
        }
      />
    </div>
  );
}
