import { Loader, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { wizardText } from '../../text/wizard.ts';
import classes from './ProgressSteps.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { type Milestone, wizardProgress } from './wizardProgress.ts';

function markOf(status: Milestone['status'], position: number): ReactNode {
  switch (status) {
    case 'done':
      return <IconCheck size={12} stroke={3} />;
    case 'failed':
      return <IconX size={12} stroke={3} />;
    case 'running':
      return <Loader size={12} />;
    case 'open':
      return position;
  }
}

/** How far one has come: kind, details, test, save. Shown, not enforced: everything but the kind is in one place. */
export function ProgressSteps() {
  const wizard = useWizard();
  const canGoBack = wizard.step !== 'kind' && wizard.original === null;
  return (
    <ol className={classes.steps} aria-label={wizardText.progress}>
      {wizardProgress(wizard).map(({ name, status, isNext }, index) => {
        const content = (
          <>
            <span className={classes.mark} aria-hidden>
              {markOf(status, index + 1)}
            </span>
            {wizardText.steps[name]}
            {status !== 'open' && <VisuallyHidden>{wizardText.stepStatus[status]}</VisuallyHidden>}
          </>
        );
        return (
          <li
            key={name}
            className={classes.step}
            data-status={status}
            data-next={isNext || undefined}
            aria-current={isNext ? 'step' : undefined}
          >
            {name === 'kind' && canGoBack ? (
              <UnstyledButton className={classes.back} onClick={() => wizardActions().showKinds()}>
                {content}
              </UnstyledButton>
            ) : (
              content
            )}
          </li>
        );
      })}
    </ol>
  );
}
