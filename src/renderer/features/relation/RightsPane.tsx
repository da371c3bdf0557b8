import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RoleRight } from '../../../shared/model/roleRights.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { rightsText as words } from '../../text/rights.ts';
import { DetailPanel, visibleName } from '../schema/index.ts';
import classes from './RightsPane.module.css';
import { useRights } from './useRights.ts';

function throughText({ origin, through, isOwner }: RoleRight): string {
  if (origin === 'public') return words.public;
  if (origin === 'own') return isOwner ? words.owner : words.own;
  return words.through(visibleName(through ?? ''), isOwner);
}

function RightRow({ right }: { readonly right: RoleRight }) {
  const { schema, object, kind, privileges, isReachable } = right;
  return (
    <tr data-unreachable={!isReachable || undefined}>
      <td>{visibleName(schema)}</td>
      <th scope="row">{object === null ? '' : visibleName(object)}</th>
      <td className={classes.quiet}>{words.kinds[kind]}</td>
      <td>
        {visibleName(privileges)}
        {!isReachable && <span className={classes.warning}> {words.unreachable}</span>}
      </td>
      <td className={right.origin === 'public' ? classes.quiet : undefined}>{throughText(right)}</td>
    </tr>
  );
}

function RightsTable({
  rights,
  caption,
}: {
  readonly rights: readonly RoleRight[];
  readonly caption: string;
}) {
  const { schema, object, kind, privileges, through } = words.columns;
  return (
    <table className={classes.table} aria-label={caption}>
      <thead>
        <tr>
          {[schema, object, kind, privileges, through].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rights.map((right) => (
          <RightRow
            key={[right.schema, right.object, right.kind, right.origin, right.through].join('\0')}
            right={right}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RightsPaneProps {
  readonly sourceId: DataSourceId;
  readonly role: NodeRef;
  /** Loads again when it grows. */
  readonly revision: number;
}

/** What a role may do, and why: by itself, as everybody, or through another role. */
export function RightsPane({ sourceId, role, revision }: RightsPaneProps) {
  const [search, setSearch] = useState('');
  const { first, moreOf, loadMore } = useRights(sourceId, role, search, revision);
  return (
    <>
      <div className={classes.bar}>
        <SearchField
          className={classes.search}
          label={words.search}
          wanted={search}
          onSearch={setSearch}
          clearsWithEscape
        />
      </div>
      <DetailPanel detail={first}>
        {(page) => {
          const more = moreOf(page);
          const rights = [...page.rights, ...more.rights];
          return (
            <>
              {page.overall.map((one) => (
                <p key={`${one.right} ${one.through ?? ''}`} className={classes.overall}>
                  {words.overall(one)}
                </p>
              ))}
              {rights.length === 0 ? (
                <EmptyState
                  title={search === '' ? words.none : words.noMatch}
                  {...(search === '' && { message: words.noneMessage })}
                />
              ) : (
                <RightsTable rights={rights} caption={words.caption(role.name)} />
              )}
              {more.error !== null && <ErrorPanel error={more.error} onRetry={() => loadMore(page)} />}
              <p className={classes.count}>
                {rights.length > 0 && words.shown(rights.length, page.total)}
                {rights.length < page.total && (
                  <Button size="xs" variant="default" loading={more.isLoading} onClick={() => loadMore(page)}>
                    {words.more}
                  </Button>
                )}
              </p>
            </>
          );
        }}
      </DetailPanel>
    </>
  );
}
