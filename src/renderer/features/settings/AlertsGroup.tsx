import { alertRulesText as words } from '../../text/alerts.ts';
import { AlertRules } from '../alerts/index.tsx';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

/** When something is an alert. */
export function AlertsGroup() {
  return (
    <SettingsGroup heading={words.heading}>
      <p className={classes.text}>{words.message}</p>
      <AlertRules />
    </SettingsGroup>
  );
}
