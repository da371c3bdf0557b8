import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { ResultId, ViewId } from '../../../../shared/model/results.ts';
import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';

/** Characters of the first part, and of each one that is asked for. */
const firstLength = 100_000;
const moreLength = 1_000_000;

/** As much of a value as has been read. */
export interface CellValue {
  /** Null for SQL NULL. */
  readonly text: string | null;
  /** Characters read. */
  readonly readLength: number;
  /** Characters and bytes of all of it. */
  readonly length: number;
  readonly byteLength: number;
}

interface CellPlace {
  readonly resultId: ResultId;
  readonly viewId: ViewId;
  readonly row: number;
  readonly column: number;
}

/** The value with its next part. */
async function readPart(
  place: CellPlace,
  known: CellValue | null,
  length: number,
  signal: AbortSignal,
): Promise<CellValue> {
  const { resultId, viewId, row, column } = place;
  const offset = known?.readLength ?? 0;
  const part = await call('results.cellPart', { resultId, viewId, row, column, offset, length }, { signal });
  return {
    text: part.text === null ? null : (known?.text ?? '') + part.text,
    readLength: Math.min(part.length, offset + length),
    length: part.length,
    byteLength: part.byteLength,
  };
}

/** Reads a value in parts. Another cell gives up what runs; the value before it stays until the first part is here. */
export function useCellValue({ resultId, viewId, row, column }: CellPlace) {
  const [value, setValue] = useState<CellValue | null>(null);
  const [error, setError] = useState<ErrorDto | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const controllerRef = useRef<AbortController | null>(null);

  const read = useCallback(
    (known: CellValue | null, length: number) => {
      const controller = new AbortController();
      controllerRef.current = controller;
      setIsLoading(true);
      setError(null);
      const settle = (change: () => void): void => {
        if (controllerRef.current !== controller) return;
        setIsLoading(false);
        change();
      };
      readPart({ resultId, viewId, row, column }, known, length, controller.signal).then(
        (next) => settle(() => setValue(next)),
        (failure: unknown) => settle(() => setError(errorDtoOf(failure))),
      );
    },
    [resultId, viewId, row, column],
  );

  useEffect(() => {
    read(null, firstLength);
    return () => {
      controllerRef.current?.abort();
      controllerRef.current = null;
    };
  }, [read]);

  return { value, error, isLoading, loadMore: () => read(value, moreLength) };
}
