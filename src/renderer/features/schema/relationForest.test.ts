import { describe, expect, it } from 'vitest';
import type { RelationSummary } from '../../../shared/model/schemaTree.ts';
import { type RelationNode, relationForest } from './relationForest.ts';

const relation = (name: string, extra: Partial<RelationSummary> = {}): RelationSummary => ({
  schema: 'sales',
  name,
  kind: 'table',
  comment: null,
  columnCount: 3,
  rows: null,
  partitionOf: null,
  ...extra,
});

const outline = (nodes: readonly RelationNode[]): unknown[] =>
  nodes.map((node) =>
    node.partitions.length === 0 ? node.relation.name : [node.relation.name, outline(node.partitions)],
  );

describe('relationForest', () => {
  it('groups relations by kind and sorts them as people count', () => {
    const forest = relationForest([
      relation('part_10'),
      relation('totals', { kind: 'materialized-view' }),
      relation('part_2'),
      relation('recent', { kind: 'view' }),
    ]);
    expect(forest.map((group) => [group.name, outline(group.nodes)])).toEqual([
      ['tables', ['part_2', 'part_10']],
      ['views', ['recent']],
      ['materializedViews', ['totals']],
    ]);
  });

  it('puts partitions below their table, also when they sort before it and are partitioned themselves', () => {
    const forest = relationForest([
      relation('a_2025', { kind: 'partitioned-table', partitionOf: 'events' }),
      relation('a_2025_01', { kind: 'partition', partitionOf: 'a_2025' }),
      relation('events', { kind: 'partitioned-table' }),
    ]);
    expect(forest.map((group) => outline(group.nodes))).toEqual([[['events', [['a_2025', ['a_2025_01']]]]]]);
  });

  it('shows a partition at the top when its table is in another schema', () => {
    const forest = relationForest([relation('p', { kind: 'partition', partitionOf: 'elsewhere' })]);
    expect(forest.map((group) => outline(group.nodes))).toEqual([['p']]);
  });

  it('loses no relation when a hostile server nests partitions in a circle', () => {
    const forest = relationForest([
      relation('a', { partitionOf: 'b' }),
      relation('b', { partitionOf: 'a' }),
      relation('c', { partitionOf: 'c' }),
    ]);
    expect(forest.map((group) => outline(group.nodes))).toEqual([['a', 'b', 'c']]);
  });
});
