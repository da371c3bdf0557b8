import { Menu } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import classes from './NavigatorMenu.module.css';

interface MenuActionProps {
  readonly icon?: TablerIcon;
  readonly label: string;
  readonly shortcut?: string;
  readonly isDangerous?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** One line of a menu: what it does, and its key. */
export function MenuAction({ icon: Icon, label, shortcut, isDangerous, disabled, onClick }: MenuActionProps) {
  return (
    <Menu.Item
      className={isDangerous ? classes.danger : undefined}
      leftSection={Icon === undefined ? <span className={classes.noIcon} /> : <Icon size={15} stroke={1.6} />}
      rightSection={
        shortcut !== undefined && <span className={classes.shortcut}>{shortcutText(shortcut)}</span>
      }
      disabled={disabled ?? false}
      onClick={onClick}
    >
      {label}
    </Menu.Item>
  );
}
