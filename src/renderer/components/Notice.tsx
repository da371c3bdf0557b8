import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

const icons = { info: IconInfoCircle, success: IconCircleCheck, warning: IconAlertTriangle };

interface NoticeProps {
  readonly tone: keyof typeof icons;
  readonly children: ReactNode;
}

/** One line that a person should not miss, in a tone of voice that fits it. */
export function Notice({ tone, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone}>
      <Icon size={16} className={classes.icon} aria-hidden />
      <div className={classes.text}>{children}</div>
    </div>
  );
}
