import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { TakenNames } from './TakenNames.ts';

describe('TakenNames', () => {
  it('leaves a data source its own name, but not one that another has too', () => {
    const [first, second] = [someDataSource({ name: 'Shop' }), someDataSource({ name: 'Shop' })];
    const names = new TakenNames([first]);
    expect([names.has('Shop'), names.except(first.id).has('Shop')]).toEqual([true, false]);
    names.put(second);
    expect(names.except(first.id).has('Shop')).toBe(true);
  });

  it('frees a name with the last data source that had it', () => {
    const [first, second] = [someDataSource({ name: 'Shop' }), someDataSource({ name: 'Shop' })];
    const names = new TakenNames([first, second]);
    names.put({ ...first, name: 'Renamed' });
    expect(names.has('Shop')).toBe(true);
    names.delete(second.id);
    names.delete(second.id);
    expect([...names.toSet()]).toEqual(['Renamed']);
  });
});
