import { describe, expect, it } from 'vitest';
import { suggestedTitle } from './suggestedTitle.ts';

describe('the title that a text suggests', () => {
  it.each([
    ['SELECT * FROM sales.orders o JOIN customers c ON true', 'orders'],
    ['UPDATE "Order lines" SET n = 1', 'Order lines'],
    ['INSERT INTO `shop`.`items` VALUES (1)', 'items'],
    ["LOAD DATA LOCAL INFILE 'rows' INTO TABLE f", 'f'],
    ['-- from nowhere\n/* from here */ DELETE FROM parcel', 'parcel'],
    ['SELECT * FROM generate_series(1, 3) g JOIN orders ON true', 'orders'],
  ])('of %s is %s', (text, title) => {
    expect(suggestedTitle(text)).toBe(title);
  });

  it('is none where no relation is named', () => {
    expect(suggestedTitle('SELECT 1; SELECT extract(year FROM now())')).toBeNull();
  });
});
