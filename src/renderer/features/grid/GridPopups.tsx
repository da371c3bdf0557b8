import type { ColumnFilter } from '../../../shared/model/results.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { FilterPopover } from './FilterPopover.tsx';
import { FindBar } from './FindBar.tsx';
import { withFilter } from './filters.ts';
import { SaveDialog } from './saving/SaveDialog.tsx';
import type { Grid } from './useGrid.ts';
import type { GridCommands, GridPopups } from './useGridCommands.ts';

interface GridPopupsProps {
  readonly grid: Grid;
  readonly popups: GridPopups;
  readonly commands: GridCommands;
  readonly open: (change: Partial<GridPopups>) => void;
}

/** What opens above the cells: find bar, menu and filter of a column, and the dialog for saving. */
export function GridPopupLayer({ grid, popups, commands, open }: GridPopupsProps) {
  const { findTurn, isSaving, columnMenu, filter } = popups;
  const { geometry, result } = grid.store.getState();
  const column = filter === null ? undefined : result?.columns[filter.position];
  const { sort, filters } = grid.arrangement;
  const applyFilter = (next: ColumnFilter | null): void => {
    grid.arrange({ sort, filters: withFilter(filters, filter?.current ?? null, next) });
    open({ filter: null });
    commands.focus();
  };
  const close = (change: Partial<GridPopups>) => () => {
    open(change);
    commands.focus();
  };
  return (
    <>
      {findTurn > 0 && <FindBar store={grid.store} turn={findTurn} onClose={close({ findTurn: 0 })} />}
      {columnMenu !== null && (
        <ColumnMenu
          grid={grid}
          point={columnMenu}
          onFilter={() => {
            const { place, left, bottom } = columnMenu;
            const position = geometry.layout.order[place] ?? 0;
            open({ columnMenu: null, filter: { position, left, bottom, current: null } });
          }}
          onClose={close({ columnMenu: null })}
        />
      )}
      {filter !== null && column !== undefined && (
        <FilterPopover
          column={column}
          point={filter}
          onApply={applyFilter}
          onClose={close({ filter: null })}
        />
      )}
      <SaveDialog opened={isSaving} onSave={commands.saveTo} onClose={close({ isSaving: false })} />
    </>
  );
}
