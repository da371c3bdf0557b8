import { Menu } from '@mantine/core';
import { useCopyText } from '../../components/Clipboard.tsx';
import { schemaText } from '../../text/schema.ts';
import { qualifiedSqlName, sqlName } from './sqlName.ts';
import type { TreeAction } from './treeKeyboard.ts';
import type { TreeRow } from './treeRows.ts';

interface TreeMenuProps {
  readonly row: TreeRow | undefined;
  readonly perform: (action: TreeAction) => void;
}

/** The context menu of the row that has the focus. */
export function TreeMenu({ row, perform }: TreeMenuProps) {
  const copyText = useCopyText();
  if (row === undefined || row.type === 'note') return null;
  const { key, isExpanded } = row;
  return (
    <Menu.Dropdown>
      {row.type === 'relation' && (
        <Menu.Item onClick={() => perform({ type: 'activate', key })}>{schemaText.openRelation}</Menu.Item>
      )}
      {isExpanded !== null && (
        <Menu.Item onClick={() => perform({ type: 'toggle', key, isExpanded: !isExpanded })}>
          {isExpanded ? schemaText.collapse : schemaText.expand}
        </Menu.Item>
      )}
      {row.type === 'schema' && (
        <Menu.Item onClick={() => copyText(sqlName(row.schema.name))}>{schemaText.copyName}</Menu.Item>
      )}
      {row.type === 'relation' && (
        <>
          <Menu.Item onClick={() => copyText(sqlName(row.relation.name))}>{schemaText.copyName}</Menu.Item>
          <Menu.Item onClick={() => copyText(qualifiedSqlName(row.relation))}>
            {schemaText.copyQualifiedName}
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
