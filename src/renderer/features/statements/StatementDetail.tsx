import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type {
  StatementDetail as Detail,
  ListedStatement,
  StatementRun,
} from '../../../shared/model/statementStatistics.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DetailColumns, DetailFacts, DetailPane } from '../../components/DetailPane.tsx';
import { formatCount, formatExactMoment, formatMoment } from '../../lib/format.ts';
import { statementsText } from '../../text/statements.ts';
import { SqlText } from '../query/index.tsx';
import classes from './StatementDetail.module.css';
import type { StatementActions } from './useStatementActions.ts';

const words = statementsText.detail;

function Runs({ runs }: { readonly runs: readonly StatementRun[] }) {
  return (
    <ol className={classes.list}>
      {runs.map(({ at, durationMs, outcome, rows }) => (
        <li key={`${at} ${durationMs}`}>
          <span className={classes.figure}>{statementsText.duration(durationMs)}</span>
          <span title={formatExactMoment(at)}>{formatMoment(at)}</span>
          <span className={classes.note}>{outcome === 'ok' ? words.rows(rows) : words.outcome[outcome]}</span>
        </li>
      ))}
    </ol>
  );
}

function Errors({ errors }: Pick<Detail, 'errors'>) {
  return (
    <ul className={classes.list}>
      {errors.map(({ code, count }) => (
        <li key={code}>
          <span className={classes.figure}>{formatCount(count)}</span>
          <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}

interface FactsProps {
  readonly statement: ListedStatement;
  readonly detail: Detail;
}

function Facts({ statement, detail }: FactsProps) {
  const { cancels, firstAt } = statement;
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    [words.slowest, <Runs key="runs" runs={detail.slowest} />],
    ...(detail.errors.length === 0
      ? []
      : [[words.errors, <Errors key="errors" errors={detail.errors} />] as const]),
    ...(cancels === 0 ? [] : [[words.cancels, formatCount(cancels)] as const]),
    [words.since, formatMoment(firstAt)],
  ];
  return <DetailFacts facts={facts} />;
}

interface StatementDetailProps extends FactsProps {
  readonly kind: EngineKind;
  readonly actions: StatementActions;
}

/** The selected statement whole, its slowest runs and its failures, and what can be done with it. */
export function StatementDetail({ kind, statement, detail, actions }: StatementDetailProps) {
  const { fingerprint, normalForm } = detail;
  return (
    <DetailPane
      label={words.label}
      title={words.title}
      beside={
        <code className={classes.fingerprint} title={words.fingerprint}>
          {fingerprint}
        </code>
      }
      closeLabel={words.close}
      onClose={actions.close}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTerminal2 size={14} />}
            onClick={() => actions.open(fingerprint)}
          >
            {statementsText.open}
          </Button>
          <CopyButton size="xs" label={statementsText.copy} text={() => normalForm} />
        </>
      }
    >
      <DetailColumns>
        <Facts statement={statement} detail={detail} />
        <div className={classes.text}>
          <SqlText kind={kind} text={normalForm} label={words.label} />
        </div>
      </DetailColumns>
    </DetailPane>
  );
}
