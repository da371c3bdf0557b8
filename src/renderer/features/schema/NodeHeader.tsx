import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode, NodeDetail, NodeRef, RowCount } from '../../../shared/model/schemaTree.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { NodeIcon } from '../../icons/NodeIcon.tsx';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { NodeFacts } from './NodeFacts.tsx';
import { RowCountControl } from './RowCountControl.tsx';
import classes from './SchemaBrowser.module.css';
import { useQuoting } from './useEngine.ts';
import { useRowCounting } from './useRowCounting.ts';
import { visibleName } from './visibleName.ts';

function CopyNameMenu({ sourceId, selected }: { sourceId: DataSourceId; selected: NodeRef }) {
  const copyText = useCopyText();
  const { quote, quoteQualified } = useQuoting(sourceId);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={schemaText.copyMenu}>
          <IconCopy size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copyText(quote(selected.name))}>{schemaText.copyName}</Menu.Item>
        <Menu.Item onClick={() => copyText(quoteQualified(selected))}>
          {schemaText.copyQualifiedName}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface NodeHeaderProps {
  readonly sourceId: DataSourceId;
  readonly selected: NodeRef;
  /** Null while the names are loaded, and when it is gone. */
  readonly node: CatalogueNode | null;
  /** The best that is known of how many rows it has; null for what has no rows to count. */
  readonly rows: { readonly known: RowCount | null } | null;
  /** Null until its description is there. */
  readonly detail: NodeDetail | null;
  /** The names are loaded and it is not among them any more. */
  readonly isGone: boolean;
}

/** Name, kind, rows, facts and comment of the selected node. */
export function NodeHeader({ sourceId, selected, node, rows, detail, isGone }: NodeHeaderProps) {
  const columnCount = detail?.columns.length ?? 0;
  const { counting, count, cancel } = useRowCounting(sourceId, selected);
  return (
    <header className={classes.nodeHeader}>
      <div className={classes.nodeTitle}>
        {node !== null && <NodeIcon kind={node.kind} size={18} />}
        <h2 className={classes.nodeName} title={visibleName(`${selected.schema}.${selected.name}`)}>
          <span className={classes.schemaName}>{visibleName(selected.schema)}.</span>
          {visibleName(selected.name)}
        </h2>
        <CopyNameMenu sourceId={sourceId} selected={selected} />
      </div>
      <div className={classes.facts}>
        {isGone && schemaText.nodeGone}
        {node !== null && (
          <>
            <span>{schemaText.kindLabel[node.kind]}</span>
            {columnCount > 0 && <span>{schemaText.columnCount(columnCount)}</span>}
            {rows !== null && (
              <RowCountControl
                rows={rows.known}
                isCounting={counting.status === 'counting'}
                onCount={count}
                onCancel={cancel}
              />
            )}
          </>
        )}
      </div>
      {detail !== null && <NodeFacts sourceId={sourceId} facts={detail.facts} />}
      {node !== null && node.comment !== null && <p className={classes.comment}>{node.comment}</p>}
      {counting.status === 'failed' && (
        <div className={classes.countError}>
          <ErrorPanel
            error={counting.error}
            actions={
              <Button size="xs" variant="default" onClick={count}>
                {vocabulary.tryAgain}
              </Button>
            }
          />
        </div>
      )}
    </header>
  );
}
