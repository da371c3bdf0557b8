import classes from './StatementCell.module.css';

const barWidthPx = 2;
const stepPx = 3;
const heightPx = 14;

/** Figures as bars, against the largest of them. What is not nothing can be seen. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const largest = Math.max(...values);
  return (
    <svg
      className={classes.sparkline}
      width={values.length * stepPx}
      height={heightPx}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {values.map((value, index) => {
        const height = value > 0 ? Math.max(2, (value / largest) * heightPx) : 1;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            data-empty={value === 0 || undefined}
            x={index * stepPx}
            y={heightPx - height}
            width={barWidthPx}
            height={height}
          />
        );
      })}
    </svg>
  );
}
