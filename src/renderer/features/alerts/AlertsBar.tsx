import { Button, NativeSelect } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { alertKinds } from '../../../shared/model/alertChoices.ts';
import frame from '../../components/TabFrame.module.css';
import { alertsText as words } from '../../text/alerts.ts';
import { editRules } from './AlertMenu.tsx';
import classes from './Alerts.module.css';
import { pastAlertsStore, useAlerts, usePastAlerts } from './alerts.ts';
import { usePipelineOptions, useSourceOptions } from './useSubject.ts';

/** Narrows the list to one data source or pipeline. */
function SubjectFilter() {
  const subjectId = usePastAlerts((store) => store.filter.subjectId);
  const sources = useSourceOptions();
  const pipelines = usePipelineOptions();
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={words.subject}
      value={subjectId ?? ''}
      data={[
        { value: '', label: words.everySubject },
        ...(sources.length === 0 ? [] : [{ group: words.sources, items: sources }]),
        ...(pipelines.length === 0 ? [] : [{ group: words.pipelines, items: pipelines }]),
      ]}
      onChange={({ currentTarget: { value } }) =>
        pastAlertsStore.getState().setFilter({ subjectId: value || null })
      }
    />
  );
}

/** Which alerts are listed, and the way to the rules. */
export function AlertsBar() {
  const kind = usePastAlerts((store) => store.filter.kind);
  const hiddenCount = useAlerts(({ status }) =>
    status === null ? 0 : status.firingCount - status.firing.length,
  );
  const { setFilter } = pastAlertsStore.getState();
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <NativeSelect
        className={classes.filter}
        aria-label={words.kind}
        value={kind ?? ''}
        data={[
          { value: '', label: words.everyKind },
          ...alertKinds.map((value) => ({ value, label: words.kinds[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          setFilter({ kind: alertKinds.find((one) => one === value) ?? null })
        }
      />
      <SubjectFilter />
      <span className={classes.more}>{hiddenCount > 0 && words.moreFiring(hiddenCount)}</span>
      <Button size="xs" variant="default" leftSection={<IconAdjustments size={14} />} onClick={editRules}>
        {words.rules}
      </Button>
    </div>
  );
}
