import { useStore } from 'zustand';
import type { DataSource, EnvironmentTag } from '../../../shared/model/dataSource.ts';
import { ReadOnlyMark } from '../../components/ReadOnlyMark.tsx';
import { statusBarStore } from '../../lib/statusBar.ts';
import { statusBarText } from '../../text/statusBar.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { AlertBell } from '../alerts/index.tsx';
import { TrailWarning } from '../audit/index.ts';
import { useDataSource } from '../connections/index.ts';
import { activeSourceIdOf, useTabs } from '../tabs/index.ts';
import { Connection } from './Connection.tsx';
import { PaneToggles } from './PaneToggles.tsx';
import { RunningWorkList } from './RunningWorkList.tsx';
import classes from './StatusBar.module.css';

const toldEnvironments: ReadonlySet<EnvironmentTag> = new Set(['production', 'staging']);

/** What a person should not forget about a data source: where it is, and that it only reads. */
function Warnings({ environment, readOnly }: DataSource) {
  return (
    <>
      {toldEnvironments.has(environment) && (
        <span className={classes.environment}>{vocabulary.environmentLabel[environment]}</span>
      )}
      {readOnly && (
        <span className={classes.part}>
          <ReadOnlyMark />
        </span>
      )}
    </>
  );
}

function Content() {
  const rows = useStore(statusBarStore, (state) => state.rows);
  const selection = useStore(statusBarStore, (state) => state.selection);
  return (
    <span className={classes.content}>
      {rows !== null && <span className={classes.rows}>{rows}</span>}
      {selection !== null && <span className={classes.selection}>{selection}</span>}
    </span>
  );
}

/** The lowest line of the window: the data source of the tab in front, what is selected there, and what runs. */
export function StatusBar() {
  const sourceId = useTabs(activeSourceIdOf);
  const source = useDataSource(sourceId ?? '')?.dataSource;
  return (
    <section className={classes.bar} aria-label={statusBarText.label} data-environment={source?.environment}>
      {source === undefined ? (
        <span className={classes.part}>{statusBarText.noSource}</span>
      ) : (
        <>
          <Connection key={source.id} source={source} />
          <Warnings {...source} />
        </>
      )}
      <AlertBell className={`${classes.button} ${classes.alarm}`} />
      <TrailWarning className={`${classes.button} ${classes.alarm}`} />
      <Content />
      <RunningWorkList />
      <PaneToggles />
    </section>
  );
}
