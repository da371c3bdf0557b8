import { useEffect, useRef, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { schemaStore } from './schema.ts';

type Counting =
  | { readonly status: 'idle' }
  | { readonly status: 'counting' }
  | { readonly status: 'failed'; readonly error: ErrorDto };

/** Counts the rows of a node on demand and puts the figure into the tree. Leaving the node cancels. */
export function useRowCounting(sourceId: DataSourceId, node: NodeRef) {
  const [counting, setCounting] = useState<Counting>({ status: 'idle' });
  const controllerRef = useRef<AbortController | null>(null);
  useEffect(() => () => controllerRef.current?.abort(), []);

  const count = async (): Promise<void> => {
    const controller = new AbortController();
    controllerRef.current = controller;
    setCounting({ status: 'counting' });
    const relation = { schema: node.schema, name: node.name };
    try {
      const rows = await call('schema.countRows', { id: sourceId, relation }, { signal: controller.signal });
      schemaStore.getState().setRowCount(sourceId, node, rows);
      setCounting({ status: 'idle' });
    } catch (error) {
      const dto = errorDtoOf(error);
      setCounting(dto.code === 'CANCELLED' ? { status: 'idle' } : { status: 'failed', error: dto });
    }
  };
  return { counting, count: () => void count(), cancel: () => controllerRef.current?.abort() };
}
