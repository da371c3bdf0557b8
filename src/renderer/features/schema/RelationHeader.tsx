import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationName, RelationRef, RowCount } from '../../../shared/model/schemaTree.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { RelationIcon } from './RelationIcon.tsx';
import { RowCountControl } from './RowCountControl.tsx';
import classes from './SchemaBrowser.module.css';
import { qualifiedSqlName, sqlName } from './sqlName.ts';
import { useRowCounting } from './useRowCounting.ts';
import { visibleName } from './visibleName.ts';

function CopyNameMenu({ selected }: { selected: RelationRef }) {
  const copyText = useCopyText();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={schemaText.copyMenu}>
          <IconCopy size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copyText(sqlName(selected.name))}>{schemaText.copyName}</Menu.Item>
        <Menu.Item onClick={() => copyText(qualifiedSqlName(selected))}>
          {schemaText.copyQualifiedName}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface RelationHeaderProps {
  readonly sourceId: DataSourceId;
  readonly selected: RelationRef;
  /** Null while the names are loaded, and when it is gone. */
  readonly relation: RelationName | null;
  /** The best that is known of how many rows it has. */
  readonly rows: RowCount | null;
  /** Null until its description is there. */
  readonly columnCount: number | null;
  /** The names are loaded and it is not among them any more. */
  readonly isGone: boolean;
}

/** Name, kind, rows and comment of the selected relation. */
export function RelationHeader(props: RelationHeaderProps) {
  const { sourceId, selected, relation, rows, columnCount, isGone } = props;
  const { counting, count, cancel } = useRowCounting(sourceId, selected);
  return (
    <header className={classes.relationHeader}>
      <div className={classes.relationTitle}>
        {relation !== null && <RelationIcon kind={relation.kind} size={18} />}
        <h2 className={classes.relationName} title={visibleName(`${selected.schema}.${selected.name}`)}>
          <span className={classes.schemaName}>{visibleName(selected.schema)}.</span>
          {visibleName(selected.name)}
        </h2>
        <CopyNameMenu selected={selected} />
      </div>
      <div className={classes.facts}>
        {isGone && schemaText.relationGone}
        {relation !== null && (
          <>
            <span>{schemaText.kindLabel[relation.kind]}</span>
            {columnCount !== null && <span>{schemaText.columnCount(columnCount)}</span>}
            <RowCountControl
              rows={rows}
              isCounting={counting.status === 'counting'}
              onCount={count}
              onCancel={cancel}
            />
          </>
        )}
      </div>
      {relation !== null && relation.comment !== null && (
        <p className={classes.comment}>{relation.comment}</p>
      )}
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
