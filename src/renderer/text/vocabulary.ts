import type { EnvironmentTag } from '../../shared/model/dataSource.ts';
import { formatCount } from '../lib/format.ts';
import type { ShownStatus } from '../lib/shownStatus.ts';

/** Labels of the main states, short enough for a badge. */
const stateLabel: Record<ShownStatus, string> = {
  idle: 'Not connected',
  connecting: 'Connecting…',
  ready: 'Connected',
  degraded: 'Degraded',
  reconnecting: 'Reconnecting…',
  'open-circuit': 'Waiting to retry',
  failed: 'Failed',
  'needs-password': 'Password needed',
  closing: 'Closing…',
};

/** States that time goes by in, with how far it is. */
const stateProgress = {
  connecting: (durationMs: number) => `Connecting… ${Math.floor(durationMs / 1_000)} s`,
  reconnecting: (attempt: number, seconds: number) =>
    `Reconnecting: attempt ${formatCount(attempt)} in ${formatCount(seconds)} s`,
  reconnectingNow: (attempt: number) => `Reconnecting: attempt ${formatCount(attempt)}…`,
  paused: (time: string, seconds: number) => `Paused until ${time} (${formatCount(seconds)} s)`,
  pausedNoMore: 'Trying again…',
};

const environmentLabel: Record<EnvironmentTag, string> = {
  none: 'None',
  development: 'Development',
  test: 'Test',
  staging: 'Staging',
  production: 'Production',
};

/** Five letters at most, for narrow lists. */
const environmentShort: Record<EnvironmentTag, string> = {
  none: '',
  development: 'Dev',
  test: 'Test',
  staging: 'Stage',
  production: 'Prod',
};

/** Words that more than one part of the window uses. */
export const vocabulary = {
  appName: 'Mooring',
  popups: 'Menus and hints',
  cancel: 'Cancel',
  close: 'Close',
  tryAgain: 'Try again',
  copied: 'Copied to clipboard',
  copiedHere: 'Copied',
  stateLabel,
  stateProgress,
  notWell: (title: string) => `Connected, but degraded: ${title}`,
  environmentLabel,
  environmentShort,
  readOnly: 'Read-only',
  readOnlyHint: 'Every session of this data source refuses to write.',
  error: {
    causes: 'Possible causes',
    fixes: 'What to try',
    copy: 'Copy details',
    code: (code: string) => `Code ${code}`,
    driverCode: (code: string) => `Server or system code ${code}`,
    reference: (id: string) => `Reference ${id}`,
    unexpectedTitle: 'Something went wrong',
    unexpectedFix: 'Try again. If it happens again, report it and attach the log file.',
  },
  windowFailed: {
    title: 'The window cannot be shown',
    message:
      'An error in Mooring prevents it. Connections go on and texts are kept. The log has the details.',
    reload: 'Load the window again',
  },
};
