import { NativeSelect, TextInput } from '@mantine/core';
import { auditGroups } from '../../../shared/model/auditChoices.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { auditText } from '../../text/audit.ts';
import { SourceFilter } from '../connections/index.ts';
import classes from './Audit.module.css';
import { auditStore, useAudit } from './audit.ts';
import { groupOf, periods } from './auditView.ts';

const { setView } = auditStore.getState();

function TextFilter() {
  const wanted = useAudit((store) => store.view.text);
  return (
    <SearchField
      className={classes.search}
      label={auditText.search}
      wanted={wanted}
      onSearch={(text) => setView({ text })}
    />
  );
}

function GroupFilter() {
  const group = useAudit((store) => store.view.group);
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={auditText.group}
      value={group ?? ''}
      data={[
        { value: '', label: auditText.everyGroup },
        ...auditGroups.map((value) => ({ value, label: auditText.groups[value] })),
      ]}
      onChange={(event) => setView({ group: groupOf(event.currentTarget.value) })}
    />
  );
}

const outcomes = ['ok', 'failed'] as const;

function OutcomeFilter() {
  const outcome = useAudit((store) => store.view.outcome);
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={auditText.outcome}
      value={outcome ?? ''}
      data={[
        { value: '', label: auditText.outcomes.all },
        ...outcomes.map((value) => ({ value, label: auditText.outcomes[value] })),
      ]}
      onChange={({ currentTarget: { value } }) =>
        setView({ outcome: outcomes.find((one) => one === value) ?? null })
      }
    />
  );
}

function DayField({ which }: { which: 'from' | 'to' }) {
  const day = useAudit((store) => store.view[which]);
  return (
    <TextInput
      type="date"
      className={classes.day}
      aria-label={auditText[which]}
      title={auditText[which]}
      value={day}
      onChange={(event) => setView({ [which]: event.currentTarget.value })}
    />
  );
}

function PeriodFilter() {
  const period = useAudit((store) => store.view.period);
  return (
    <>
      <NativeSelect
        className={classes.filter}
        aria-label={auditText.period}
        value={period}
        data={periods.map((value) => ({ value, label: auditText.periods[value] }))}
        onChange={({ currentTarget: { value } }) =>
          setView({ period: periods.find((one) => one === value) ?? 'any' })
        }
      />
      {period === 'custom' && (
        <>
          <DayField which="from" />
          <DayField which="to" />
        </>
      )}
    </>
  );
}

/** Which entries are shown. */
export function AuditBar() {
  const sourceId = useAudit((store) => store.view.sourceId);
  return (
    <div className={classes.filters}>
      <TextFilter />
      <GroupFilter />
      <SourceFilter
        className={classes.filter}
        sourceId={sourceId}
        onSource={(id) => setView({ sourceId: id })}
      />
      <OutcomeFilter />
      <PeriodFilter />
    </div>
  );
}
