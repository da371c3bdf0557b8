import { Menu } from '@mantine/core';
import type { DiagramTable } from '../../../shared/model/diagrams.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { navigatorText } from '../../text/navigator.ts';
import { relationText } from '../../text/relation.ts';
import { schemaText } from '../../text/schema.ts';

interface TableMenuProps {
  readonly table: DiagramTable | undefined;
  readonly onOpen: () => void;
  readonly onDiagram: () => void;
}

/** The context menu of a table of a diagram. */
export function TableMenu({ table, onOpen, onDiagram }: TableMenuProps) {
  const copyText = useCopyText();
  if (table === undefined) return null;
  return (
    <Menu.Dropdown>
      <Menu.Item onClick={onOpen}>{navigatorText.open}</Menu.Item>
      <Menu.Item onClick={onDiagram}>{relationText.diagram}</Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => copyText(table.name)}>{schemaText.copyName}</Menu.Item>
    </Menu.Dropdown>
  );
}
