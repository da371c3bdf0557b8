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

/** Reads a value in parts. Another cell gives up what runs; the value before it stays until the first part is here. */
export function useCellValue({ resultId, viewId, row, column }: CellPlace) {
  const [value, setValue] = useState<CellValue | null>(null);
  const [error, setError] = useState<ErrorDto | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const controllerRef = useRef<AbortController | null>(null);

  const read = useCallback(
    async (known: CellValue | null, length: number) => {
      const controller = new AbortController();
      controllerRef.current = controller;
      setIsLoading(true);
      setError(null);
      const offset = known?.readLength ?? 0;
      try {
        const input = { resultId, viewId, row, column, offset, length };
        const part = await call('results.cellPart', input, { signal: controller.signal });
        if (controllerRef.current !== controller) return;
        const text = part.text === null ? null : (known?.text ?? '') + part.text;
        const readLength = Math.min(part.length, offset + length);
        setValue({ text, readLength, length: part.length, byteLength: part.byteLength });
      } catch (failure) {
        if (controllerRef.current !== controller) return;
        const dto = errorDtoOf(failure);
        if (dto.code !== 'CANCELLED') setError(dto);
      } finally {
        if (controllerRef.current === controller) setIsLoading(false);
      }
    },
    [resultId, viewId, row, column],
  );

  useEffect(() => {
    void read(null, firstLength);
    return () => {
      controllerRef.current?.abort();
      controllerRef.current = null;
    };
  }, [read]);

  const loadMore = (): void => void read(value, moreLength);
  return { value, error, isLoading, loadMore };
}
