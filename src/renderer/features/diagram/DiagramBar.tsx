import { ActionIcon, Menu, SegmentedControl } from '@mantine/core';
import { IconDeviceFloppy, IconDots, IconRefresh, IconSearch, IconSitemap } from '@tabler/icons-react';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ReadOnlyMark } from '../../components/ReadOnlyMark.tsx';
import frame from '../../components/TabFrame.module.css';
import { diagramText as words } from '../../text/diagram.ts';
import { relationText } from '../../text/relation.ts';
import { useDataSource } from '../connections/index.ts';
import { visibleName } from '../schema/index.ts';
import classes from './Diagram.module.css';

export interface DiagramActions {
  readonly refresh: () => void;
  /** The rest is null while there is no drawing. */
  readonly find: (() => void) | null;
  readonly save: (() => void) | null;
  readonly saveLight: (() => void) | null;
  readonly copy: (() => void) | null;
  /** Null when no table was moved. */
  readonly resetPlaces: (() => void) | null;
  readonly undoMove: (() => void) | null;
  /** Null for the diagram of a schema. */
  readonly schemaDiagram: (() => void) | null;
}

interface DiagramBarProps {
  readonly tab: TabOf<'diagram'>;
  readonly actions: DiagramActions;
  readonly onColumns: (columns: TabOf<'diagram'>['columns']) => void;
  readonly onDistance: (distance: number) => void;
}

function Path({ tab: { sourceId, schema, table } }: Pick<DiagramBarProps, 'tab'>) {
  const source = useDataSource(sourceId)?.dataSource;
  const isGuarded = source?.environment === 'production' || source?.environment === 'staging';
  const steps = [source?.name ?? '', ...(table === null ? [] : [visibleName(schema)])];
  return (
    <nav className={classes.path} aria-label={relationText.path}>
      {steps.map((step) => (
        <span key={step} className={classes.step}>
          {step} <span aria-hidden>›</span>
        </span>
      ))}
      <IconSitemap size={15} stroke={1.6} aria-hidden />
      <h2 className={classes.heading}>{visibleName(table ?? schema)}</h2>
      {isGuarded && <EnvironmentBadge environment={source.environment} />}
      {source?.readOnly === true && <ReadOnlyMark />}
    </nav>
  );
}

const distances = [1, 2, 3].map((distance) => ({
  value: String(distance),
  label: String(distance),
}));

const shown = (['names', 'keys', 'all'] as const).map((value) => ({
  value,
  label: words.columnsShown[value],
}));

function MoreMenu({ actions }: { actions: DiagramActions }) {
  const item = (label: string, action: (() => void) | null) =>
    action !== null && <Menu.Item onClick={action}>{label}</Menu.Item>;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={words.more}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item(words.saveLight, actions.saveLight)}
        {item(words.copy, actions.copy)}
        {item(words.resetPlaces, actions.resetPlaces)}
        {item(words.schemaDiagram, actions.schemaDiagram)}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Of what the diagram is, how much of it is shown, and what can be done with it. */
export function DiagramBar({ tab, actions, onColumns, onDistance }: DiagramBarProps) {
  const environment = useDataSource(tab.sourceId)?.dataSource.environment;
  const hasMenu = actions.copy !== null || actions.schemaDiagram !== null;
  return (
    <div className={`${frame.bar} ${classes.bar}`} data-environment={environment}>
      <Path tab={tab} />
      <div className={classes.space} />
      {tab.table !== null && (
        <>
          <span className={classes.distanceLabel}>{words.distanceLabel}</span>
          <SegmentedControl
            size="xs"
            aria-label={words.distance}
            value={String(tab.distance)}
            data={distances}
            onChange={(value) => onDistance(Number(value))}
          />
        </>
      )}
      <SegmentedControl
        size="xs"
        aria-label={words.columns}
        value={tab.columns}
        data={shown}
        onChange={onColumns}
      />
      <IconButton label={words.refresh} shortcut="F5" onClick={actions.refresh}>
        <IconRefresh size={16} stroke={1.6} />
      </IconButton>
      {actions.find !== null && (
        <IconButton label={words.find.label} shortcut="Mod+F" onClick={actions.find}>
          <IconSearch size={16} stroke={1.6} />
        </IconButton>
      )}
      {actions.save !== null && (
        <IconButton label={words.save} shortcut="Mod+S" onClick={actions.save}>
          <IconDeviceFloppy size={16} stroke={1.6} />
        </IconButton>
      )}
      {hasMenu && <MoreMenu actions={actions} />}
    </div>
  );
}
