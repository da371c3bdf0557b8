import { describe, expect, it } from 'vitest';
import { ScrollScale } from './ScrollScale.ts';

const viewHeight = 700;
/** 10,000,000 rows of 24 px. */
const tall = 240_000_000;

const scaleOf = (contentHeight: number): ScrollScale => {
  const scale = new ScrollScale();
  scale.resize(contentHeight, viewHeight);
  return scale;
};

describe('ScrollScale', () => {
  it('leaves content alone that an element can hold', () => {
    const scale = scaleOf(1_000_000);
    expect(scale.elementHeight).toBe(1_000_000);
    expect(scale.scrolledTo(900_000)).toBeNull();
    expect(scale.contentTop).toBe(900_000);
    expect(scale.shift).toBe(0);
  });

  it('keeps the element below the limit of Chromium and reaches the last row', () => {
    const scale = scaleOf(tall);
    expect(scale.elementHeight).toBeLessThan(33_500_000 / 4);
    scale.scrolledTo(scale.elementHeight - viewHeight);
    expect(scale.contentTop).toBe(tall - viewHeight);
  });

  it('goes to the share of the content that the scroll bar is dragged to', () => {
    const scale = scaleOf(tall);
    scale.scrolledTo((scale.elementHeight - viewHeight) / 2);
    expect(scale.contentTop / tall).toBeCloseTo(0.5, 3);
  });

  it('scrolls pixel by pixel with a wheel, in the middle as at the ends', () => {
    const scale = scaleOf(tall);
    let top = scale.moveTo(120_000_000);
    for (let step = 1; step <= 5; step += 1) {
      top += 100;
      scale.scrolledTo(top);
      expect(scale.contentTop).toBe(120_000_000 + 100 * step);
    }
  });

  it('does not move what is drawn while a wheel is turned', () => {
    const scale = scaleOf(tall);
    const top = scale.moveTo(120_000_000);
    const { shift } = scale;
    scale.scrolledTo(top + 300);
    expect(scale.shift).toBe(shift);
  });

  it('puts the scroll bar where it belongs once nobody scrolls, and shows the same rows', () => {
    const scale = scaleOf(tall);
    let top = scale.moveTo(120_000_000);
    for (let step = 0; step < 100; step += 1) {
      top += 1_000;
      scale.scrolledTo(top);
    }
    const { contentTop } = scale;
    const settled = scale.settle();
    expect(settled).not.toBeNull();
    expect(settled).toBeLessThan(top);
    expect(scale.contentTop).toBe(contentTop);
    expect(scale.settle()).toBeNull();
  });

  it('can be scrolled on by a wheel when the scroll bar is at its end too early', () => {
    const scale = scaleOf(tall);
    let top = scale.moveTo(300_000);
    for (let turns = 0; scale.contentTop > 0 && turns < 10_000; turns += 1) {
      top = scale.scrolledTo(Math.max(0, top - 100)) ?? Math.max(0, top - 100);
    }
    expect(scale.contentTop).toBe(0);
    expect(top).toBe(0);
  });

  it('stays at its place when rows are added', () => {
    const scale = scaleOf(tall);
    scale.moveTo(5_000_000);
    scale.resize(tall * 2, viewHeight);
    expect(scale.contentTop).toBe(5_000_000);
  });

  it('is at the last row when rows are taken away', () => {
    const scale = scaleOf(tall);
    scale.moveTo(tall);
    scale.resize(24_000, viewHeight);
    expect(scale.contentTop).toBe(24_000 - viewHeight);
  });
});
