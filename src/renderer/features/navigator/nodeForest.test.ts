import { describe, expect, it } from 'vitest';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { CatalogueNode, NodeKind, NodeTraits } from '../../../shared/model/schemaTree.ts';
import { type NodeBranch, nodeForest, topLevelCount } from './nodeForest.ts';

const node = (name: string, overrides: Partial<CatalogueNode> = {}): CatalogueNode =>
  someNode('sales', name, { id: `id of ${name}`, ...overrides });

const traits = (...kinds: NodeKind[]): NodeTraits[] => kinds.map((kind) => ({ kind, actions: [] }));
const kinds = traits('table', 'partitioned-table', 'partition', 'view', 'materialized-view', 'trigger');

const outline = (branches: readonly NodeBranch[]): unknown[] =>
  branches.map(({ node: { name }, children }) => (children.length === 0 ? name : [name, outline(children)]));

describe('nodeForest', () => {
  it('groups nodes by kind and sorts them as people count', () => {
    const nodes = [
      node('part_10'),
      node('totals', { kind: 'materialized-view' }),
      node('part_2'),
      node('recent', { kind: 'view' }),
    ];
    const forest = nodeForest(nodes, kinds);
    expect(forest.map((group) => [group.name, outline(group.branches)])).toEqual([
      ['table', ['part_2', 'part_10']],
      ['view', ['recent']],
      ['materialized-view', ['totals']],
    ]);
  });

  it('puts the groups in the order of the catalogue, and a kind that it has not named last', () => {
    const nodes = [node('a', { kind: 'event' }), node('b', { kind: 'trigger' }), node('c')];
    expect(nodeForest(nodes, traits('trigger', 'table')).map(({ name }) => name)).toEqual([
      'trigger',
      'table',
      'event',
    ]);
  });

  it('puts a trigger below its table where the catalogue says so', () => {
    const nodes = [node('audit', { kind: 'trigger', parentId: 'id of orders' }), node('orders')];
    expect(nodeForest(nodes, kinds).map((group) => outline(group.branches))).toEqual([
      [['orders', ['audit']]],
    ]);
  });

  it('puts partitions below their table, also when they sort before it and are partitioned themselves', () => {
    const nodes = [
      node('a_2025', { kind: 'partitioned-table', parentId: 'id of events' }),
      node('a_2025_01', { kind: 'partition', parentId: 'id of a_2025' }),
      node('events', { kind: 'partitioned-table' }),
    ];
    const forest = nodeForest(nodes, kinds);
    expect(forest.map((group) => outline(group.branches))).toEqual([
      [['events', [['a_2025', ['a_2025_01']]]]],
    ]);
    expect(topLevelCount(nodes)).toBe(1);
  });

  it('shows a partition at the top when its table is in another schema', () => {
    const nodes = [
      node('events_2024', { kind: 'partition', parentId: 'id of live.events' }),
      // A stranger with the name of its table.
      node('events'),
    ];
    expect(nodeForest(nodes, kinds).map((group) => outline(group.branches))).toEqual([
      ['events', 'events_2024'],
    ]);
    expect(topLevelCount(nodes)).toBe(2);
  });

  it('loses no node when a hostile server nests partitions in a circle', () => {
    const nodes = [
      node('a', { parentId: 'id of b' }),
      node('b', { parentId: 'id of a' }),
      node('c', { parentId: 'id of c' }),
    ];
    const forest = nodeForest(nodes, kinds);
    expect(forest.map((group) => outline(group.branches))).toEqual([['a', 'b', 'c']]);
    expect(topLevelCount(nodes)).toBe(3);
  });
});
