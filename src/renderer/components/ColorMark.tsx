import type { DataSourceColor } from '../../shared/model/dataSource.ts';
import classes from './ColorMark.module.css';

/** The colour that a person gave a data source, as a small bar. Decoration: the name says which it is. */
export function ColorMark({ color }: { color: DataSourceColor }) {
  return (
    <span
      className={classes.mark}
      style={{ backgroundColor: `var(--mantine-color-${color}-6)` }}
      aria-hidden
    />
  );
}
