import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { ShortcutHint } from './ShortcutHint.tsx';

interface IconButtonProps extends Pick<ActionIconProps, 'size'> {
  /** What it does: its name, and its hint. */
  readonly label: string;
  /** Shown in the hint. */
  readonly shortcut?: string;
  /** Whether it is switched on; absent for a button that is no switch. */
  readonly isPressed?: boolean;
  readonly onClick: () => void;
  /** The icon. */
  readonly children: ReactNode;
}

/** A button that is an icon, with a hint that says what it does. */
export function IconButton({ label, shortcut, isPressed, children, ...button }: IconButtonProps) {
  const hint = shortcut === undefined ? label : <ShortcutHint label={label} shortcut={shortcut} />;
  return (
    <Tooltip label={hint}>
      <ActionIcon
        {...button}
        {...(isPressed === true && { variant: 'light' })}
        aria-label={label}
        aria-pressed={isPressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
