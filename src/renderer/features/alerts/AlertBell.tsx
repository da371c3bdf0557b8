import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { formatCount } from '../../lib/format.ts';
import { alertsText } from '../../text/alerts.ts';
import { openAlerts, useAlerts } from './alerts.ts';

/** How many alerts fire that are not snoozed, if any; a click lists them. */
export function AlertBell({ className }: { className: string | undefined }) {
  const count = useAlerts(({ status }) => status?.unsnoozedCount ?? 0);
  if (count === 0) return null;
  const words = alertsText.bell(count);
  return (
    <>
      <Tooltip label={`${words}. ${alertsText.bellHint}`} position="top">
        <UnstyledButton className={className} aria-label={words} onClick={openAlerts}>
          <IconBellRinging size={14} aria-hidden />
          {formatCount(count)}
        </UnstyledButton>
      </Tooltip>
      <VisuallyHidden role="status">{words}</VisuallyHidden>
    </>
  );
}
