import { Loader } from '@mantine/core';
import type { PipelinePlan } from '../../../../../shared/model/pipelineViews.ts';
import { EmptyState } from '../../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx';
import { Notice } from '../../../../components/Notice.tsx';
import { call } from '../../../../lib/api.ts';
import { isConnected } from '../../../../lib/sessionOf.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { useDataSource, useSourceState } from '../../../connections/index.ts';
import { SqlText } from '../../../query/index.tsx';
import classes from '../Setup.module.css';
import { useSetup } from '../setupContext.ts';
import { useDraftLoad } from '../useDraftLoad.ts';
import { PlannedColumns } from './PlannedColumns.tsx';

const words = setupText.plan;

function Drift({ drift }: Pick<PipelinePlan, 'drift'>) {
  const head = words.driftHead;
  return (
    <section className={classes.part}>
      <h4 className={classes.partTitle}>{words.drift}</h4>
      <table className={classes.plan} aria-label={words.drift}>
        <thead>
          <tr>
            <th scope="col">{head.name}</th>
            <th scope="col">{head.change}</th>
            <th scope="col">{head.before}</th>
            <th scope="col">{head.after}</th>
          </tr>
        </thead>
        <tbody>
          {drift.map(({ name, change, before, after }) => (
            <tr key={name} data-change={change}>
              <th scope="row">{name}</th>
              <td>{words.drifted[change]}</td>
              <td>{before !== null && <del>{before}</del>}</td>
              <td>{after !== null && <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What keeps it from running first, each with its fix. */
function Problems({ problems, warnings }: Pick<PipelinePlan, 'problems' | 'warnings'>) {
  return (
    <>
      {problems.length > 0 && (
        <section className={classes.problems} aria-label={words.problems}>
          <h4 className={classes.partTitle}>{words.problems}</h4>
          <ul>
            {problems.map(({ title, fix }) => (
              <li key={`${title} ${fix}`}>
                <strong>{title}</strong> {fix}
              </li>
            ))}
          </ul>
        </section>
      )}
      {warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
    </>
  );
}

function CreateStatement({ sql }: { readonly sql: string }) {
  const { form } = useSetup();
  const kind = useDataSource(form.toSourceId)?.dataSource.engine.kind;
  if (kind === undefined) return null;
  return (
    <section className={classes.part}>
      <h4 className={classes.partTitle}>{words.create}</h4>
      <div className={classes.sql}>
        <SqlText kind={kind} text={sql} label={words.create} />
      </div>
    </section>
  );
}

function Plan({ plan }: { readonly plan: PipelinePlan }) {
  const { form } = useSetup();
  const { problems, warnings, drift, createSql, tableExists } = plan;
  const isQuiet = problems.length + warnings.length + drift.length === 0;
  const hasLoss = plan.columns.some(({ loss }) => loss !== null);
  const state = tableExists ? words.tableExists : words.tableIsNew;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the pane scrolls, by keyboard too
    <div className={classes.planBody} tabIndex={0}>
      <Problems problems={problems} warnings={warnings} />
      {isQuiet && !hasLoss && (
        <Notice tone="success">
          {form.destination === 'table' && `${state} `}
          {words.fine}
        </Notice>
      )}
      {drift.length > 0 && <Drift drift={drift} />}
      <PlannedColumns columns={plan.columns} />
      {createSql !== null && <CreateStatement sql={createSql} />}
    </div>
  );
}

/** What the pipeline would do at its destination, asked again with each change. */
export function PlanPane() {
  const { form } = useSetup();
  const toState = useSourceState(form.toSourceId);
  const isOpen = isConnected(useSourceState(form.sourceId));
  const canAsk = isOpen && (form.destination === 'file' || isConnected(toState));
  const { value, isLoading, error, reload, isAsked } = useDraftLoad('destination', canAsk, (input, signal) =>
    call('pipelines.plan', input, { signal }),
  );
  return (
    <section className={classes.aside} aria-label={words.title}>
      <header className={classes.asideHead}>
        <h3 className={classes.asideTitle}>{words.title}</h3>
        {isLoading && <Loader size={14} aria-label={setupText.reading} />}
      </header>
      {error !== null && (
        <div className={classes.padded}>
          <ErrorPanel error={error} onRetry={reload} />
        </div>
      )}
      {value !== null && <Plan plan={value} />}
      {!isAsked && <EmptyState {...words.incomplete} />}
    </section>
  );
}
