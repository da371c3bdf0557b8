import { ActionIcon, Menu, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconDots } from '@tabler/icons-react';
import { memo } from 'react';
import { addressTextOf } from '../../../shared/engines/engines.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { ColorMark } from '../../components/ColorMark.tsx';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { shownStatus } from '../../lib/shownStatus.ts';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections, useDataSource, useSourceState } from './connections.ts';
import { SourceMenuItems } from './SourceMenuItems.tsx';
import classes from './SourceRow.module.css';

interface SourceRowProps {
  readonly id: DataSourceId;
  /** Whether Tab stops here: one row of the list is in the tab order, arrows go to the others. */
  readonly inTabOrder: boolean;
  readonly onFocus: (id: DataSourceId) => void;
}

const menuProps = { position: 'bottom-start', width: 280 } as const;

/** Says that a data source waits for somebody to look at it. */
function ChangedMark() {
  return (
    <Tooltip label={connectionsText.changedOutside}>
      <span className={classes.changed}>
        <IconAlertTriangle size={14} aria-hidden />
        <VisuallyHidden>{connectionsText.changedOutside}</VisuallyHidden>
      </span>
    </Tooltip>
  );
}

/** One data source of the list: colour, name, environment, address and live state, with its menu. */
export const SourceRow = memo(function SourceRow({ id, inTabOrder, onFocus }: SourceRowProps) {
  const summary = useDataSource(id);
  const state = useSourceState(id);
  const selected = useConnections((store) => store.selectedId === id);
  if (summary === undefined) return null;
  const { dataSource } = summary;
  const { select, connect } = connectionsStore.getState();
  const stateText = connectionsText.describeState(state);
  const tabIndex = inTabOrder ? 0 : -1;
  return (
    <div className={classes.row} data-selected={selected || undefined}>
      <Menu {...menuProps}>
        <Menu.ContextMenu>
          <button
            type="button"
            className={classes.main}
            tabIndex={tabIndex}
            data-source-id={id}
            aria-current={selected || undefined}
            onFocus={() => onFocus(id)}
            onClick={() => select(id)}
            onDoubleClick={() => void connect(id)}
          >
            <ColorMark color={dataSource.color} />
            <Tooltip label={stateText} multiline maw={300}>
              <span className={classes.state}>
                <StatusDot status={shownStatus(state)} />
                <VisuallyHidden>{stateText}</VisuallyHidden>
              </span>
            </Tooltip>
            <span className={classes.text}>
              <span className={classes.title}>
                <span className={classes.name}>{dataSource.name}</span>
                <EnvironmentBadge environment={dataSource.environment} short />
                {summary.integrity === 'changed' && <ChangedMark />}
              </span>
              <span className={classes.address}>{addressTextOf(dataSource.engine)}</span>
            </span>
          </button>
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <SourceMenuItems id={id} />
        </Menu.Dropdown>
      </Menu>
      <Menu {...menuProps}>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            size={22}
            tabIndex={tabIndex}
            aria-label={connectionsText.moreActions(dataSource.name)}
          >
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <SourceMenuItems id={id} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
});
