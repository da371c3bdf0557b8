import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { DetailFacts, DetailPane } from '../../components/DetailPane.tsx';
import { formatExactMoment, formatMoment } from '../../lib/format.ts';
import { alertsText } from '../../text/alerts.ts';
import { AlertState, lastedText } from './AlertCell.tsx';
import { editRules, SnoozeButton } from './AlertMenu.tsx';
import classes from './Alerts.module.css';
import { isFiring, type ListedAlert } from './alertRows.ts';
import { showLabelOf, showPlace } from './alerts.ts';
import { useSubjectName } from './useSubject.ts';

const words = alertsText.detail;

/** What is known of an alert, with its label. */
function factsOf(alert: ListedAlert, nowMs: number): readonly (readonly [label: string, value: string])[] {
  const { kind, startedAt, threshold, value } = alert;
  return [
    [words.reason, alert.detail ?? ''],
    [words.peak, alertsText.figure(kind, value)],
    [words.threshold, alertsText.figure(kind, threshold)],
    [words.began, formatExactMoment(startedAt)],
    [words.ended, isFiring(alert) || alert.end === 'app-closed' ? '' : formatExactMoment(alert.endedAt)],
    [words.lasted, lastedText(alert, nowMs)],
  ];
}

interface AlertDetailProps {
  readonly alert: ListedAlert;
  readonly nowMs: number;
  readonly onClose: () => void;
}

/** The selected alert, what it is about, and what can be done. */
export function AlertDetail({ alert, nowMs, onClose }: AlertDetailProps) {
  const name = useSubjectName(alert.kind, alert.subjectId);
  return (
    <DetailPane
      label={words.label}
      heading="h2"
      title={words.title(alert.kind, name ?? alert.subjectName)}
      beside={<AlertState alert={alert} />}
      closeLabel={words.close}
      onClose={onClose}
      actions={
        <>
          {name !== null && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconExternalLink size={14} />}
              onClick={() => showPlace(alert)}
            >
              {showLabelOf(alert.kind)}
            </Button>
          )}
          {isFiring(alert) && <SnoozeButton alert={alert} />}
          <Button size="xs" variant="subtle" onClick={editRules}>
            {words.editRule}
          </Button>
        </>
      }
    >
      <DetailFacts facts={factsOf(alert, nowMs)} />
      {isFiring(alert) && alert.snoozedUntil !== null && (
        <p className={classes.note}>{words.snoozed(formatMoment(alert.snoozedUntil))}</p>
      )}
    </DetailPane>
  );
}
