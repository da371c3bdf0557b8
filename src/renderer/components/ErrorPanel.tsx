import { Button, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconListDetails } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import { useShowInLog } from '../lib/logLink.ts';
import { errorActionLabel } from '../text/errorActions.ts';
import { logText } from '../text/log.ts';
import { vocabulary } from '../text/vocabulary.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './ErrorPanel.module.css';
import { useOwnActions } from './errorActions.ts';
import { errorReport } from './errorReport.ts';

interface ErrorPanelProps {
  readonly error: ErrorDto;
  /** Does again what failed: the first button. */
  readonly onRetry?: () => void;
  /** Buttons that help here; the copy button follows them. */
  readonly actions?: ReactNode;
  /** The title stands right above already. */
  readonly isTitled?: boolean;
}

function Reasons({ heading, lines }: { heading: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <Text component="h4" className={classes.heading}>
        {heading}
      </Text>
      <ul className={classes.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** Leads to what Mooring wrote down while it happened. */
function ShowInLog({ correlationId }: { correlationId: string | null }) {
  const show = useShowInLog();
  if (show === null || correlationId === null) return null;
  return (
    <Button
      size="sm"
      variant="subtle"
      color="gray"
      leftSection={<IconListDetails size={14} />}
      onClick={() => show(correlationId)}
    >
      {logText.showFor}
    </Button>
  );
}

/**
 * What can be done about this error here, with one click: right below the title, where nobody has to scroll for it. The
 * first stands out, unless something else does.
 */
function OwnActions({ error, isPrimary }: { readonly error: ErrorDto; readonly isPrimary: boolean }) {
  const { runner, actions } = useOwnActions(error);
  if (runner === null || actions.length === 0) return null;
  return (
    <Group gap="xs">
      {actions.map((action, index) => (
        <Button
          key={JSON.stringify(action)}
          size="xs"
          variant={isPrimary && index === 0 ? 'filled' : 'default'}
          onClick={() => runner.run(action)}
        >
          {errorActionLabel(action, runner.kind)}
        </Button>
      ))}
    </Group>
  );
}

/** An error as people need it: what happened, the server's own words and codes, likely causes and what to try. */
export function ErrorPanel({ error, onRetry, actions, isTitled = false }: ErrorPanelProps) {
  const words = vocabulary.error;
  return (
    <section role="alert" className={classes.panel}>
      <IconAlertCircle size={18} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        {!isTitled && (
          <Text component="h3" className={classes.title}>
            {error.title}
          </Text>
        )}
        <OwnActions error={error} isPrimary={onRetry === undefined} />
        {error.detail !== '' && <p className={classes.detail}>{error.detail}</p>}
        <Text className={classes.codes}>
          {words.code(error.code)}
          {error.driverCode !== null && ` · ${words.driverCode(error.driverCode)}`}
        </Text>
        <Reasons heading={words.causes} lines={error.causes} />
        <Reasons heading={words.fixes} lines={error.fixes} />
        <Group gap="xs" mt="xs">
          {onRetry !== undefined && (
            <Button size="xs" onClick={onRetry}>
              {vocabulary.tryAgain}
            </Button>
          )}
          {actions}
          <CopyButton label={words.copy} text={() => errorReport(error)} />
          <ShowInLog correlationId={error.correlationId} />
        </Group>
      </div>
    </section>
  );
}
