import { Menu } from '@mantine/core';
import { useState } from 'react';
import { type CopyFormat, copyFormatSchema } from '../../../shared/model/results.ts';
import type { TableLink } from '../../../shared/model/tableRows.ts';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { gridText } from '../../text/grid.ts';

const words = gridText.cellMenu;

export interface CellMenuActions {
  readonly copy: (format: CopyFormat, withHeader: boolean) => void;
  readonly filterByValue: (keeps: boolean) => void;
  readonly follow: (link: TableLink) => void;
  readonly inspect: () => void;
  readonly save: () => void;
}

interface CellMenuProps {
  readonly actions: CellMenuActions;
  /** 0: nothing is selected. */
  readonly cellCount: number;
  /** Foreign keys that leave from the cell. */
  readonly links: readonly TableLink[];
}

/** The items of the menu of what is selected. */
export function CellMenu({ actions, cellCount, links }: CellMenuProps) {
  const [withNames, setWithNames] = useState(true);
  const hasCells = cellCount > 0;
  return (
    <>
      {hasCells && (
        <>
          <Menu.Item rightSection={shortcutText('Mod+C')} onClick={() => actions.copy('tsv', false)}>
            {words.copy(cellCount)}
          </Menu.Item>
          <Menu.Item rightSection={shortcutText('Mod+Shift+C')} onClick={() => actions.copy('tsv', true)}>
            {words.copyWithHeader}
          </Menu.Item>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item>{words.copyAs}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {copyFormatSchema.options.map((format) => (
                <Menu.Item key={format} onClick={() => actions.copy(format, withNames)}>
                  {gridText.copyFormats[format]}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.CheckboxItem checked={withNames} onChange={setWithNames} closeMenuOnClick={false}>
                {words.withNames}
              </Menu.CheckboxItem>
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Menu.Divider />
          <Menu.Item onClick={() => actions.filterByValue(true)}>{words.filterBy}</Menu.Item>
          <Menu.Item onClick={() => actions.filterByValue(false)}>{words.filterOut}</Menu.Item>
          <Menu.Divider />
          {links.map((link) => (
            <Menu.Item
              key={`${link.relation.schema}.${link.relation.name}.${link.columns.join()}`}
              rightSection={link === links[0] ? shortcutText('Mod+Enter') : undefined}
              onClick={() => actions.follow(link)}
            >
              {words.follow(link.relation.name)}
            </Menu.Item>
          ))}
          <Menu.Item rightSection={shortcutText('Space')} onClick={actions.inspect}>
            {words.inspect}
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item rightSection={shortcutText('Mod+S')} onClick={actions.save}>
        {words.save}
      </Menu.Item>
    </>
  );
}
