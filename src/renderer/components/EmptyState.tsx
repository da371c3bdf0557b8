import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** One or two sentences: why it is empty and what to do. */
  readonly message?: ReactNode;
  readonly actions?: ReactNode;
}

/** What stands where nothing is yet, in the middle of the room it has. */
export function EmptyState({ icon, title, message, actions }: EmptyStateProps) {
  return (
    <div className={classes.room}>
      <div className={classes.content}>
        {icon !== undefined && (
          <div className={classes.icon} aria-hidden>
            {icon}
          </div>
        )}
        <Text component="h2" className={classes.title}>
          {title}
        </Text>
        {message !== undefined && <p className={classes.message}>{message}</p>}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
