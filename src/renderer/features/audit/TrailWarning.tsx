import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { auditText } from '../../text/audit.ts';
import { openAudit, useTrailStatus } from './audit.ts';

/** That the trail was found broken, until somebody looks; a click opens it there. */
export function TrailWarning({ className }: { className: string | undefined }) {
  const isShown = useTrailStatus(({ status }) => status?.check?.status === 'broken' && !status.isSeen);
  if (!isShown) return null;
  return (
    <>
      <Tooltip label={auditText.brokenHint} position="top">
        <UnstyledButton className={className} onClick={openAudit}>
          <IconShieldX size={14} aria-hidden />
          {auditText.brokenShort}
        </UnstyledButton>
      </Tooltip>
      <VisuallyHidden role="alert">{auditText.brokenShort}</VisuallyHidden>
    </>
  );
}
