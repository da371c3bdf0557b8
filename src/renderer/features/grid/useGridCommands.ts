import { type KeyboardEvent, useImperativeHandle, useState } from 'react';
import type { CopyFormat, FileFormat } from '../../../shared/model/results.ts';
import type { TableLink } from '../../../shared/model/tableRows.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyError } from '../../lib/notify.tsx';
import { gridText } from '../../text/grid.ts';
import type { ColumnPoint } from './ColumnMenu.tsx';
import { activeCellOf, type GridState, sizeOf } from './createGridStore.ts';
import type { FilterPoint } from './FilterPopover.tsx';
import { withFilter } from './filters.ts';
import { copySelection, filterOfValue, wholeValue } from './gridCalls.ts';
import type { ResultGridProps } from './gridTypes.ts';
import { inspectorStore } from './inspectorStore.ts';
import { saveRows, saveView } from './saving/saveRows.ts';
import { type GridAction, gridActionForKey } from './selection/gridKeyboard.ts';
import type { Grid } from './useGrid.ts';

/** What is open above the grid. */
export interface GridPopups {
  /** Grows with each wish to find; 0 while the bar is closed. */
  readonly findTurn: number;
  readonly isSaving: boolean;
  readonly columnMenu: ColumnPoint | null;
  readonly filter: FilterPoint | null;
}

const noPopups: GridPopups = { findTurn: 0, isSaving: false, columnMenu: null, filter: null };

/** Foreign keys that leave from the active cell. */
export function linksOfActive(
  state: GridState,
  links: readonly TableLink[] | undefined,
): readonly TableLink[] {
  const active = activeCellOf(state);
  if (active === null) return [];
  return (links ?? []).filter(({ columns }) => columns.includes(active.position));
}

export interface GridCommands {
  readonly copy: (format: CopyFormat, withHeader: boolean) => void;
  readonly filterByValue: (keeps: boolean) => void;
  readonly follow: (link: TableLink) => void;
  /** The first foreign key of the active cell, if there is one. */
  readonly followFirst: () => void;
  readonly inspect: () => void;
  readonly save: () => void;
  readonly find: () => void;
  /** @param place of the column among those shown */
  readonly openColumnMenu: (place: number) => void;
  readonly saveTo: (format: FileFormat) => void;
  readonly focus: () => void;
}

const report = (error: unknown): void => notifyError(errorDtoOf(error));

/** What the commands of a grid depend on, beside what it shows. */
export type GridCommandProps = Pick<
  ResultGridProps,
  'sourceId' | 'relation' | 'links' | 'onFollow' | 'saveAs' | 'actionsRef'
>;

/** What a person can do in a grid, by key, menu and bar. */
export function useGridCommands(grid: Grid, props: GridCommandProps) {
  const { sourceId, relation, links, onFollow, saveAs } = props;
  const { store } = grid;
  const [popups, setPopups] = useState(noPopups);
  const open = (change: Partial<GridPopups>): void => setPopups((before) => ({ ...before, ...change }));
  const focus = (): void => grid.viewportRef.current?.focus({ preventScroll: true });

  const copy = (format: CopyFormat, withHeader: boolean): void => {
    const target = sourceId === null ? null : { sourceId, relation: relation ?? null };
    void copySelection(store.getState(), format, withHeader, target);
  };
  const valueAt = (row: number, position: number): Promise<string | null> => {
    const view = grid.view();
    return view === null ? Promise.resolve(null) : wholeValue(store.getState(), view, row, position);
  };
  const filterByValue = async (keeps: boolean): Promise<void> => {
    const active = activeCellOf(store.getState());
    if (active === null) return;
    const { row, position } = active;
    const filter = filterOfValue(position, await valueAt(row, position), keeps);
    const { sort, filters } = grid.arrangement;
    grid.arrange({ sort, filters: withFilter(filters, null, filter) });
  };
  const follow = async (link: TableLink): Promise<void> => {
    const row = store.getState().selection?.active.row;
    if (row === undefined || onFollow === undefined) return;
    const values = await Promise.all(link.columns.map((position) => valueAt(row, position)));
    const known = values.filter((value) => value !== null);
    // A key with a NULL in it refers to nothing.
    if (known.length === values.length) onFollow({ link, values: known });
  };
  const commands: GridCommands = {
    copy,
    filterByValue: (keeps) => void filterByValue(keeps).catch(report),
    follow: (link) => void follow(link).catch(report),
    followFirst: () => {
      const [link] = linksOfActive(store.getState(), links);
      if (link !== undefined) commands.follow(link);
    },
    inspect: () => inspectorStore.getState().setShown(true),
    save: () => open({ isSaving: true }),
    find: () => setPopups((before) => ({ ...before, findTurn: before.findTurn + 1 })),
    openColumnMenu: (place) => {
      const box = grid.view()?.painter.boxOf({ row: -1, column: place });
      if (box !== null && box !== undefined) open({ columnMenu: { place, ...box } });
    },
    saveTo: (format) => {
      open({ isSaving: false });
      const save = saveAs ?? ((request, options) => saveView(store.getState(), request, options));
      const neededId = saveAs === undefined ? null : props.sourceId;
      void saveRows(format, relation?.name ?? gridText.save.resultName, neededId, save);
    },
    focus,
  };
  useImperativeHandle(props.actionsRef, () => ({ find: commands.find, save: commands.save, focus }));
  return { popups, open, commands, onKeyDown: keyHandler(grid, commands) };
}

function keyHandler(grid: Grid, commands: GridCommands) {
  const act = (action: GridAction): void => {
    const { select, selection } = grid.store.getState();
    const deeds: Record<Exclude<GridAction['type'], 'select'>, () => void> = {
      copy: () => commands.copy('tsv', false),
      copyWithHeader: () => commands.copy('tsv', true),
      inspect: commands.inspect,
      find: commands.find,
      save: commands.save,
      columnMenu: () => commands.openColumnMenu(selection?.active.column ?? 0),
      follow: commands.followFirst,
    };
    if (action.type === 'select') select(action.selection);
    else deeds[action.type]();
  };
  return (event: KeyboardEvent): void => {
    // Keys of what is open above the grid come by here as well.
    if (event.target !== event.currentTarget) return;
    const state = grid.store.getState();
    const size = sizeOf(state);
    const action = gridActionForKey(
      {
        key: event.key,
        isCtrl: event.ctrlKey || event.metaKey,
        isShift: event.shiftKey,
        isAlt: event.altKey,
      },
      state.selection,
      { ...size, pageSize: grid.view()?.painter.pageSize ?? 1 },
    );
    if (action === null || (action.type === 'select' && size.rowCount === 0)) return;
    event.preventDefault();
    event.stopPropagation();
    act(action);
  };
}
