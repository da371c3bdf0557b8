import { IconFileBroken } from '@tabler/icons-react';
import { memo } from 'react';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections, useDamaged } from './connections.ts';
import classes from './SourceRow.module.css';

interface DamagedRowProps {
  readonly id: string;
  /** Whether Tab stops here: one row of the list is in the tab order, arrows go to the others. */
  readonly inTabOrder: boolean;
  readonly onFocus: (id: string) => void;
}

/** A data source of the list that cannot be read: as much of its name as there is, and how much is wrong. */
export const DamagedRow = memo(function DamagedRow({ id, inTabOrder, onFocus }: DamagedRowProps) {
  const damaged = useDamaged(id);
  const selected = useConnections((store) => store.selectedId === id);
  if (damaged === undefined) return null;
  return (
    <div className={classes.row} data-selected={selected || undefined}>
      <button
        type="button"
        className={classes.main}
        tabIndex={inTabOrder ? 0 : -1}
        data-source-id={id}
        aria-current={selected || undefined}
        onFocus={() => onFocus(id)}
        onClick={() => connectionsStore.getState().select(id)}
      >
        <IconFileBroken size={18} className={classes.broken} aria-hidden />
        <span className={classes.text}>
          <span className={classes.name}>{damaged.name ?? connectionsText.unnamed}</span>
          <span className={classes.address}>{connectionsText.problemCount(damaged.problems.length)}</span>
        </span>
      </button>
    </div>
  );
});
