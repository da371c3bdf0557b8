import { Menu } from '@mantine/core';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { schemaText } from '../../text/schema.ts';
import type { TreeAction } from './treeKeyboard.ts';
import type { TreeRow } from './treeRows.ts';
import { useQuoting } from './useEngine.ts';

interface TreeMenuProps {
  readonly sourceId: DataSourceId;
  readonly row: TreeRow | undefined;
  readonly perform: (action: TreeAction) => void;
}

/** The context menu of the row that has the focus. */
export function TreeMenu({ sourceId, row, perform }: TreeMenuProps) {
  const copyText = useCopyText();
  const { quote, quoteQualified } = useQuoting(sourceId);
  if (row === undefined || row.type === 'note') return null;
  const { key, isExpanded } = row;
  return (
    <Menu.Dropdown>
      {row.type === 'node' && (
        <Menu.Item onClick={() => perform({ type: 'activate', key })}>{schemaText.open}</Menu.Item>
      )}
      {isExpanded !== null && (
        <Menu.Item onClick={() => perform({ type: 'toggle', key, isExpanded: !isExpanded })}>
          {isExpanded ? schemaText.collapse : schemaText.expand}
        </Menu.Item>
      )}
      {row.type === 'schema' && (
        <Menu.Item onClick={() => copyText(quote(row.schema.name))}>{schemaText.copyName}</Menu.Item>
      )}
      {row.type === 'node' && (
        <>
          <Menu.Item onClick={() => copyText(quote(row.node.name))}>{schemaText.copyName}</Menu.Item>
          <Menu.Item onClick={() => copyText(quoteQualified(row.node))}>
            {schemaText.copyQualifiedName}
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
