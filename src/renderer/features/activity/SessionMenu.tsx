import { Menu } from '@mantine/core';
import type { ActivitySession } from '../../../shared/model/serverActivity.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { activityText } from '../../text/activity.ts';
import { obstacleTo, type SessionActions } from './interventions.ts';
import classes from './SessionDetail.module.css';

interface SessionMenuProps {
  readonly session: ActivitySession;
  readonly isReadOnly: boolean;
  readonly actions: SessionActions;
}

/** What can be done with a session. */
export function SessionMenu({ session, isReadOnly, actions }: SessionMenuProps) {
  const copyText = useCopyText();
  const { statement } = session;
  return (
    <>
      <Menu.Item
        disabled={obstacleTo('cancel', session, isReadOnly) !== null}
        rightSection={shortcutText('Mod+.')}
        onClick={() => actions.intervene('cancel', session)}
      >
        {activityText.intervention.cancel}
      </Menu.Item>
      <Menu.Item
        className={classes.danger}
        disabled={obstacleTo('terminate', session, isReadOnly) !== null}
        rightSection={shortcutText('Delete')}
        onClick={() => actions.intervene('terminate', session)}
      >
        {activityText.intervention.terminate}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        disabled={statement === null}
        rightSection={shortcutText('Enter')}
        onClick={() => actions.openQuery(session)}
      >
        {activityText.detail.openQuery}
      </Menu.Item>
      <Menu.Item
        disabled={statement === null}
        rightSection={shortcutText('Mod+C')}
        onClick={() => copyText(statement?.text ?? '')}
      >
        {activityText.detail.copy}
      </Menu.Item>
    </>
  );
}
