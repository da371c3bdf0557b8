import { ActionIcon, Menu, SegmentedControl } from '@mantine/core';
import {
  IconArrowLeft,
  IconDeviceFloppy,
  IconDots,
  IconRefresh,
  IconSearch,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ReadOnlyMark } from '../../components/ReadOnlyMark.tsx';
import frame from '../../components/TabFrame.module.css';
import { navigatorText } from '../../text/navigator.ts';
import { relationText } from '../../text/relation.ts';
import { resourcesText } from '../../text/resources.ts';
import { schemaText } from '../../text/schema.ts';
import { useDataSource } from '../connections/index.ts';
import { useFavourite } from '../objects/index.ts';
import {
  NodeIcon,
  noSchema,
  RowCountControl,
  rowsOf,
  useQuoting,
  useRowCounting,
  useTree,
  visibleName,
} from '../schema/index.ts';
import classes from './Relation.module.css';

export type Segment = TabOf<'relation'>['segment'];

export interface RelationActions {
  readonly back: () => void;
  readonly refresh: () => void;
  readonly find: () => void;
  readonly save: () => void;
  readonly loadAll: () => void;
  /** Null where there are no statements. */
  readonly query: (() => void) | null;
  /** Makes it a favourite, or none; null where that cannot be kept. */
  readonly favourite: (() => void) | null;
  /** Null for what has no foreign keys. */
  readonly diagram: (() => void) | null;
  /** Null for what nobody has described. */
  readonly edit: (() => void) | null;
  readonly copyCurl: (() => void) | null;
}

interface RelationBarProps {
  readonly tab: TabOf<'relation'>;
  readonly segments: readonly Segment[];
  readonly segment: Segment;
  readonly onSegment: (segment: Segment) => void;
  /** Where `back` leads; null for nowhere. */
  readonly previous: NodeRef | null;
  readonly canCount: boolean;
  readonly actions: RelationActions;
}

function Path({ tab: { sourceId, node } }: Pick<RelationBarProps, 'tab'>) {
  const source = useDataSource(sourceId)?.dataSource;
  const isGuarded = source?.environment === 'production' || source?.environment === 'staging';
  return (
    <nav className={classes.path} aria-label={relationText.path}>
      <span className={classes.step}>{source?.name ?? ''}</span>
      <span className={classes.chevron} aria-hidden>
        ›
      </span>
      {node.schema !== noSchema && (
        <>
          <span className={classes.step}>{visibleName(node.schema)}</span>
          <span className={classes.chevron} aria-hidden>
            ›
          </span>
        </>
      )}
      <NodeIcon kind={node.kind} />
      <h2 className={classes.name} title={schemaText.kindLabel[node.kind]}>
        {visibleName(node.name)}
      </h2>
      {node.qualifier !== undefined && node.qualifier !== '' && (
        <span className={classes.step}>{visibleName(node.qualifier)}</span>
      )}
      {isGuarded && <EnvironmentBadge environment={source.environment} />}
      {source?.readOnly === true && <ReadOnlyMark />}
    </nav>
  );
}

function RowCount({ tab: { sourceId, node } }: Pick<RelationBarProps, 'tab'>) {
  const rows = useTree(sourceId, (tree) => rowsOf(tree, node));
  const { counting, count, cancel } = useRowCounting(sourceId, node);
  return (
    <div className={classes.count}>
      <RowCountControl
        rows={rows}
        isCounting={counting.status === 'counting'}
        onCount={count}
        onCancel={cancel}
      />
    </div>
  );
}

function FavouriteButton({ tab: { node, sourceId } }: Pick<RelationBarProps, 'tab'>) {
  const { isFavourite, toggle } = useFavourite(sourceId, node);
  if (toggle === null) return null;
  return (
    <span className={classes.favourite}>
      <IconButton
        label={isFavourite ? navigatorText.removeFavourite : navigatorText.addFavourite}
        onClick={toggle}
      >
        {isFavourite ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.6} />}
      </IconButton>
    </span>
  );
}

/** Where the tab is, what it shows of the relation, and what can be done with it. */
export function RelationBar(props: RelationBarProps) {
  const { tab, segments, segment, onSegment, previous, canCount, actions } = props;
  const environment = useDataSource(tab.sourceId)?.dataSource.environment;
  const copyText = useCopyText();
  const { quoteQualified } = useQuoting(tab.sourceId);
  const hasRows = segment === 'rows';
  return (
    <div className={`${frame.bar} ${classes.bar}`} data-environment={environment}>
      {previous !== null && (
        <IconButton
          label={relationText.back(visibleName(previous.name))}
          shortcut="Alt+←"
          onClick={actions.back}
        >
          <IconArrowLeft size={16} stroke={1.6} />
        </IconButton>
      )}
      <Path tab={tab} />
      {canCount && <RowCount key={`${tab.node.schema}.${tab.node.name}`} tab={tab} />}
      <div className={classes.space} />
      {segments.length > 1 && (
        <SegmentedControl
          className={classes.segments}
          size="xs"
          aria-label={relationText.segment}
          value={segment}
          data={segments.map((value) => ({ value, label: relationText.segments[value] }))}
          onChange={onSegment}
        />
      )}
      <FavouriteButton tab={tab} />
      <IconButton label={relationText.refresh} shortcut="F5" onClick={actions.refresh}>
        <IconRefresh size={16} stroke={1.6} />
      </IconButton>
      {hasRows && (
        <>
          <IconButton label={relationText.find} shortcut="Mod+F" onClick={actions.find}>
            <IconSearch size={16} stroke={1.6} />
          </IconButton>
          <IconButton label={relationText.save} shortcut="Mod+S" onClick={actions.save}>
            <IconDeviceFloppy size={16} stroke={1.6} />
          </IconButton>
        </>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={relationText.more}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {hasRows && <Menu.Item onClick={actions.loadAll}>{relationText.loadAll}</Menu.Item>}
          {actions.query !== null && <Menu.Item onClick={actions.query}>{relationText.query}</Menu.Item>}
          {actions.diagram !== null && (
            <Menu.Item onClick={actions.diagram}>{relationText.diagram}</Menu.Item>
          )}
          {actions.edit !== null && <Menu.Item onClick={actions.edit}>{resourcesText.edit}</Menu.Item>}
          {actions.copyCurl !== null && (
            <Menu.Item onClick={actions.copyCurl}>{resourcesText.copyCurl}</Menu.Item>
          )}
          <Menu.Item onClick={() => copyText(quoteQualified(tab.node))}>
            {schemaText.copyQualifiedName}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
