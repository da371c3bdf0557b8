import { Autocomplete, Select } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { NodeKind, RelationRef } from '../../../../shared/model/schemaTree.ts';
import { isRelation } from '../../../lib/isRelation.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { isConnected } from '../../../lib/sessionOf.ts';
import { setupText } from '../../../text/pipelineSetup.ts';
import { useSourceState } from '../../connections/index.ts';
import { followSchemaEvents, schemaStore, useTree } from '../../schema/index.ts';

/** More are found by typing. */
const maxOptions = 200;

/** The names of a data source; they are read when it is connected and nobody has looked at them yet. */
function useNames(id: DataSourceId) {
  const isOpen = isConnected(useSourceState(id));
  useEffect(() => {
    followSchemaEvents();
    if (isOpen) void schemaStore.getState().open(id);
  }, [id, isOpen]);
  return useTree(id, ({ names }) => latestValue(names));
}

const keyOf = ({ schema, name }: RelationRef): string => JSON.stringify([schema, name]);

const isReadable = ({ kind }: { readonly kind: NodeKind }): boolean =>
  kind === 'resource' || isRelation({ kind });

interface RelationSelectProps {
  readonly sourceId: DataSourceId;
  /** An empty name: none is chosen. */
  readonly value: RelationRef;
  readonly error: string | null;
  readonly onChange: (relation: RelationRef) => void;
}

/** What a data source has to read, by its schema. */
export function RelationSelect({ sourceId, value, error, onChange }: RelationSelectProps) {
  const names = useNames(sourceId);
  const words = setupText.source;
  const relations = useMemo(() => {
    if (names === null) return [];
    const system = new Set(names.schemas.filter(({ isSystem }) => isSystem).map(({ name }) => name));
    return [...names.nodesOf]
      .filter(([schema]) => !system.has(schema))
      .map(([schema, nodes]) => ({
        group: schema,
        items: nodes
          .filter(isReadable)
          .map((node) => ({ value: keyOf(node), label: `${schema}.${node.name}` })),
      }))
      .filter(({ items }) => items.length > 0);
  }, [names]);
  const chosen = value.name === '' ? null : keyOf(value);
  const isListed = relations.some(({ items }) => items.some((item) => item.value === chosen));
  const data =
    chosen === null || isListed
      ? relations
      : [
          { group: value.schema, items: [{ value: chosen, label: `${value.schema}.${value.name}` }] },
          ...relations,
        ];
  return (
    <Select
      label={words.relation}
      placeholder={words.findRelation}
      nothingFoundMessage={words.noRelation}
      searchable
      allowDeselect={false}
      limit={maxOptions}
      value={chosen}
      data={data}
      error={error}
      onChange={(key) => {
        const [schema, name] = JSON.parse(key ?? '[]') as unknown[];
        if (typeof schema === 'string' && typeof name === 'string') onChange({ schema, name });
      }}
    />
  );
}

interface TableFieldsProps {
  readonly sourceId: DataSourceId;
  readonly schema: string;
  readonly table: string;
  readonly errors: { readonly schema: string | null; readonly table: string | null };
  readonly onChange: (change: { readonly schema?: string; readonly table?: string }) => void;
}

/** A table of a data source: one that is there, or the name of one that is made. */
export function TableFields({ sourceId, schema, table, errors, onChange }: TableFieldsProps) {
  const names = useNames(sourceId);
  const words = setupText.destination;
  const schemas = (names?.schemas ?? []).filter(({ isSystem }) => !isSystem).map(({ name }) => name);
  const tables = (names?.nodesOf.get(schema) ?? [])
    .filter(({ kind }) => kind === 'table' || kind === 'partitioned-table')
    .map(({ name }) => name);
  const isThere = tables.includes(table.trim());
  return (
    <>
      <Select
        label={words.schema}
        searchable
        allowDeselect={false}
        limit={maxOptions}
        value={schema === '' ? null : schema}
        data={schema === '' || schemas.includes(schema) ? schemas : [schema, ...schemas]}
        error={errors.schema}
        onChange={(chosen) => onChange({ schema: chosen ?? '' })}
      />
      <Autocomplete
        label={words.table}
        limit={maxOptions}
        maxLength={256}
        spellCheck={false}
        value={table}
        data={tables}
        error={errors.table}
        description={
          names === null || table.trim() === '' ? undefined : isThere ? words.existing : words.isNew
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(typed) => onChange({ table: typed })}
      />
    </>
  );
}
