import { describe, expect, it } from 'vitest';
import type { RelationName } from '../../../shared/model/schemaTree.ts';
import { type RelationNode, relationForest, topLevelCount } from './relationForest.ts';

const relation = (name: string, extra: Partial<RelationName> = {}): RelationName => ({
  id: `id of ${name}`,
  schema: 'sales',
  name,
  kind: 'table',
  comment: null,
  rows: null,
  parentId: null,
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
    const relations = [
      relation('a_2025', { kind: 'partitioned-table', parentId: 'id of events' }),
      relation('a_2025_01', { kind: 'partition', parentId: 'id of a_2025' }),
      relation('events', { kind: 'partitioned-table' }),
    ];
    const forest = relationForest(relations);
    expect(forest.map((group) => outline(group.nodes))).toEqual([[['events', [['a_2025', ['a_2025_01']]]]]]);
    expect(topLevelCount(relations)).toBe(1);
  });

  it('shows a partition at the top when its table is in another schema', () => {
    const relations = [
      relation('events_2024', { kind: 'partition', parentId: 'id of live.events' }),
      // A stranger with the name of its table.
      relation('events'),
    ];
    expect(relationForest(relations).map((group) => outline(group.nodes))).toEqual([
      ['events', 'events_2024'],
    ]);
    expect(topLevelCount(relations)).toBe(2);
  });

  it('loses no relation when a hostile server nests partitions in a circle', () => {
    const relations = [
      relation('a', { parentId: 'id of b' }),
      relation('b', { parentId: 'id of a' }),
      relation('c', { parentId: 'id of c' }),
    ];
    const forest = relationForest(relations);
    expect(forest.map((group) => outline(group.nodes))).toEqual([['a', 'b', 'c']]);
    expect(topLevelCount(relations)).toBe(3);
  });
});
