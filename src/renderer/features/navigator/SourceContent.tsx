import { Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDots,
  IconLock,
  IconPlugConnected,
  IconPlugConnectedX,
  IconSend,
  IconSql,
  type TablerIcon,
} from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import type { DataSourceColor, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { EngineIcon } from '../../icons/EngineIcon.tsx';
import { shownStatus } from '../../lib/shownStatus.ts';
import type { FilterWords } from '../../lib/textRank.ts';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { connectionsStore, useCapabilities } from '../connections/index.ts';
import { tabsStore } from '../tabs/index.ts';
import classes from './Row.module.css';
import { MarkedName } from './RowContent.tsx';
import type { RowOf } from './rows.ts';
import { connectLabel } from './SourceMenu.tsx';

interface SourceContentProps {
  readonly row: RowOf<'source'>;
  readonly summary: DataSourceSummary;
  readonly state: SourceState;
  readonly words: FilterWords;
}

/** The colour that a person gave a data source. Decoration: the name says which it is. */
const colourOf = (color: DataSourceColor): string =>
  `light-dark(var(--mantine-color-${color}-7), var(--mantine-color-${color}-4))`;

/** State, engine, name, environment and lock of a data source; the row's description has them in words. */
export function SourceContent({ row, summary, state, words }: SourceContentProps) {
  const { name, color, environment, readOnly, engine } = summary.dataSource;
  const isConnecting = state.status === 'connecting';
  return (
    <>
      <span className={classes.state}>
        {isConnecting ? <Loader size={10} aria-hidden /> : <StatusDot status={shownStatus(state)} />}
      </span>
      <span className={classes.icon} style={{ color: colourOf(color) }} aria-hidden>
        <EngineIcon kind={engine.kind} size={15} />
      </span>
      <span className={classes.label}>
        <span className={classes.source}>
          <MarkedName name={name} words={words} />
          {(environment === 'production' || environment === 'staging') && (
            <span className={classes.badge}>
              <EnvironmentBadge environment={environment} short isDecoration />
            </span>
          )}
          {readOnly && <IconLock size={12} className={classes.lock} aria-hidden />}
          {summary.integrity === 'changed' && (
            <IconAlertTriangle size={13} className={classes.changed} aria-hidden />
          )}
        </span>
        {row.folder !== null && (
          <span className={classes.beside} aria-hidden>
            {row.folder}
          </span>
        )}
        {isConnecting && (
          <span className={classes.beside} aria-hidden>
            {vocabulary.stateLabel.connecting}
          </span>
        )}
      </span>
    </>
  );
}

interface RowButtonProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
}

function RowButton({ icon: Icon, label, onClick }: RowButtonProps) {
  return (
    <button
      type="button"
      className={classes.action}
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onClick(event);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon size={14} stroke={1.6} aria-hidden />
    </button>
  );
}

/** Opens what the data source takes: statements, or single requests. */
function NewTabButton({ id }: { id: DataSourceId }) {
  const capabilities = useCapabilities(id);
  const { openQuery, openRequest } = tabsStore.getState();
  if (capabilities?.sql === true) {
    return (
      <RowButton icon={IconSql} label={navigatorText.newQuery} onClick={() => openQuery({ sourceId: id })} />
    );
  }
  if (capabilities?.requests !== true) return null;
  return <RowButton icon={IconSend} label={navigatorText.newRequest} onClick={() => openRequest(id)} />;
}

interface SourceButtonsProps {
  readonly id: DataSourceId;
  readonly name: string;
  readonly state: SourceState;
  readonly openMenu: (at: Element) => void;
}

/** What is wanted most often of a data source, at the end of its row while the pointer is on it. */
export function SourceButtons({ id, name, state, openMenu }: SourceButtonsProps) {
  const { connect, disconnect } = connectionsStore.getState();
  const primary = connectLabel(state);
  return (
    <span className={classes.actions}>
      {primary === null ? (
        <RowButton
          icon={IconPlugConnectedX}
          label={state.status === 'connecting' ? navigatorText.cancelConnect : connectionsText.disconnect}
          onClick={() => void disconnect(id)}
        />
      ) : (
        <RowButton icon={IconPlugConnected} label={primary} onClick={() => void connect(id)} />
      )}
      <NewTabButton id={id} />
      <RowButton
        icon={IconDots}
        label={connectionsText.moreActions(name)}
        onClick={(event) => openMenu(event.currentTarget)}
      />
    </span>
  );
}
