import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconCommand,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconRoute,
  type TablerIcon,
} from '@tabler/icons-react';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { runCommand } from '../../lib/useCommandKeys.ts';
import { commandsText } from '../../text/commands.ts';

const toggles: readonly { command: string; label: string; shortcut: string; icon: TablerIcon }[] = [
  { command: 'palette.open', label: commandsText.allCommands, shortcut: 'Mod+K', icon: IconCommand },
  { command: 'pipelines.open', label: commandsText.pipelines, shortcut: 'Mod+Shift+P', icon: IconRoute },
  {
    command: 'navigator.toggle',
    label: commandsText.navigator,
    shortcut: 'Mod+B',
    icon: IconLayoutSidebar,
  },
  {
    command: 'inspector.toggle',
    label: commandsText.inspector,
    shortcut: 'Mod+I',
    icon: IconLayoutSidebarRight,
  },
];

/** What a person reaches for in every tab: all commands, and the panes at both sides. */
export function PaneToggles() {
  return toggles.map(({ command, label, shortcut, icon: Icon }) => (
    <Tooltip key={command} position="top-end" label={<ShortcutHint label={label} shortcut={shortcut} />}>
      <ActionIcon size={20} aria-label={label} onClick={() => runCommand(command)}>
        <Icon size={14} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  ));
}
