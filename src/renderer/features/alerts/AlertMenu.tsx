import { Button, Menu } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { alertSnoozes } from '../../../shared/model/alertChoices.ts';
import type { FiringAlert } from '../../../shared/model/alerts.ts';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { alertsText } from '../../text/alerts.ts';
import { tabsStore } from '../tabs/index.ts';
import { isFiring, type ListedAlert } from './alertRows.ts';
import { alertsStore, showLabelOf, showPlace, turnOff } from './alerts.ts';

const words = alertsText.snooze;

export const editRules = (): void => void tabsStore.getState().openSettings('alerts');

/** For how long nothing is said of an alert. */
function SnoozeItems({ alert }: { readonly alert: FiringAlert }) {
  const { kind, subjectId, snoozedUntil } = alert;
  const { snooze } = alertsStore.getState();
  return (
    <>
      {alertSnoozes.map((until) => (
        <Menu.Item key={until} onClick={() => void snooze({ kind, subjectId, until })}>
          {words.choices[until]}
        </Menu.Item>
      ))}
      {snoozedUntil !== null && (
        <Menu.Item onClick={() => void snooze({ kind, subjectId, until: null })}>{words.end}</Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item onClick={() => void turnOff(alert)}>{words.turnOff(kind)}</Menu.Item>
    </>
  );
}

/** A button that opens them. */
export function SnoozeButton({ alert }: { readonly alert: FiringAlert }) {
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBellOff size={14} />}>
          {words.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <SnoozeItems alert={alert} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done with an alert. */
export function AlertMenu({ alert }: { readonly alert: ListedAlert }) {
  return (
    <>
      <Menu.Item rightSection={shortcutText('Enter')} onClick={() => showPlace(alert)}>
        {showLabelOf(alert.kind)}
      </Menu.Item>
      <Menu.Item onClick={editRules}>{alertsText.detail.editRule}</Menu.Item>
      {isFiring(alert) && (
        <>
          <Menu.Divider />
          <Menu.Label>{words.label}</Menu.Label>
          <SnoozeItems alert={alert} />
        </>
      )}
    </>
  );
}
