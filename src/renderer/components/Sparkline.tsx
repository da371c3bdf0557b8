const barWidthPx = 2;
const stepPx = 3;
const heightPx = 14;

interface Bar {
  readonly value: number;
  /** What can be seen of it even if it is nothing, in pixels. */
  readonly leastPx: number;
  /** For its colour: `data-mark`. */
  readonly mark?: string | undefined;
}

interface SparklineProps {
  readonly bars: readonly Bar[];
  readonly label: string;
  readonly className: string | undefined;
}

/** Figures as bars, against the largest of them. */
export function Sparkline({ bars, label, className }: SparklineProps) {
  const largest = Math.max(...bars.map(({ value }) => value));
  return (
    <svg className={className} width={bars.length * stepPx} height={heightPx} role="img" aria-label={label}>
      <title>{label}</title>
      {bars.map(({ value, leastPx, mark }, index) => {
        const height = Math.max(leastPx, largest === 0 ? 0 : (value / largest) * heightPx);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            data-mark={mark}
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
