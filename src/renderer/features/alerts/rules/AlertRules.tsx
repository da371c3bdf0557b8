import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { alertKinds } from '../../../../shared/model/alertChoices.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { alertRulesText as words } from '../../../text/alerts.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import { useWatchedPipelines } from '../../pipelineList/index.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore, useAlertRules } from './alertRulesStore.ts';
import { RuleAdder } from './RuleAdder.tsx';
import { RuleLine } from './RuleLine.tsx';

/** Each rule for all with those for one data source or pipeline below it. */
const inOrder = (rules: readonly AlertRule[]): readonly AlertRule[] =>
  alertKinds.flatMap((kind) => {
    const ofKind = rules.filter((rule) => rule.kind === kind);
    return [
      ...ofKind.filter(({ subjectId }) => subjectId === null),
      ...ofKind.filter(({ subjectId }) => subjectId !== null),
    ];
  });

function Rules({ rules }: { readonly rules: readonly AlertRule[] }) {
  return (
    <>
      <div>
        <div className={classes.columns} aria-hidden>
          <span>{words.rule}</span>
          <span>{words.columns.threshold}</span>
          <span>{words.columns.clearThreshold}</span>
          <span>{words.columns.forSeconds}</span>
          <span>{words.columns.notifies}</span>
        </div>
        <ul className={classes.lines}>
          {inOrder(rules).map((rule) => (
            <RuleLine key={`${rule.kind} ${rule.subjectId}`} rule={rule} />
          ))}
        </ul>
      </div>
      <h3 className={classes.heading}>{words.addHeading}</h3>
      <RuleAdder rules={rules} />
    </>
  );
}

/** When something is an alert: for all data sources and pipelines, and for single ones. */
export function AlertRules() {
  const rules = useAlertRules((store) => store.rules);
  const error = useAlertRules((store) => store.error);
  const { load } = alertRulesStore.getState();
  useEffect(() => void load(), [load]);
  useWatchedPipelines();
  return (
    <>
      {error !== null && (
        <ErrorPanel
          error={error}
          actions={<Button onClick={() => void load()}>{vocabulary.tryAgain}</Button>}
        />
      )}
      {rules !== null && <Rules rules={rules} />}
    </>
  );
}
