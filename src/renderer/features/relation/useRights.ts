import { useEffect, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RightsPage } from '../../../shared/model/roleRights.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { useLoadable } from '../../lib/useLoadable.ts';

interface More {
  /** The first page that it follows. */
  readonly after: RightsPage;
  readonly rights: RightsPage['rights'];
  readonly isLoading: boolean;
  readonly error: ErrorDto | null;
}

/** The rights of a role that hold a text, a page at a time. */
export function useRights(sourceId: DataSourceId, role: NodeRef, search: string, revision: number) {
  const [more, setMore] = useState<More | null>(null);
  const [controller, setController] = useState<AbortController | null>(null);
  useEffect(() => () => controller?.abort(), [controller]);
  const first = useLoadable(
    `${sourceId}\0${role.name}\0${role.qualifier ?? ''}\0${search}`,
    (signal) => call('server.rights', { id: sourceId, role, search, offset: 0 }, { signal }),
    { revision },
  );
  const loadMore = async (after: RightsPage): Promise<void> => {
    const known = more?.after === after ? more.rights : [];
    const abort = new AbortController();
    setController(abort);
    setMore({ after, rights: known, isLoading: true, error: null });
    try {
      const offset = after.rights.length + known.length;
      const next = await call(
        'server.rights',
        { id: sourceId, role, search, offset },
        { signal: abort.signal },
      );
      setMore({ after, rights: [...known, ...next.rights], isLoading: false, error: null });
    } catch (error) {
      if (!abort.signal.aborted)
        setMore({ after, rights: known, isLoading: false, error: errorDtoOf(error) });
    }
  };
  /** What has come behind a first page. */
  const moreOf = (after: RightsPage): More => (more?.after === after ? more : { ...nothing, after });
  return { first, moreOf, loadMore: (after: RightsPage) => void loadMore(after) };
}

const nothing: Omit<More, 'after'> = { rights: [], isLoading: false, error: null };
