import type { DataSourceColor } from '../../../shared/model/dataSource.ts';

/** Names of colours in other products, as far as they are not our own. */
const colorNames: Readonly<Record<string, DataSourceColor>> = {
  ...{ red: 'red', orange: 'orange', yellow: 'yellow', green: 'green', blue: 'blue' },
  ...{ volcano: 'orange', gold: 'yellow', lime: 'green', cyan: 'teal', geekblue: 'blue' },
  ...{ purple: 'grape', magenta: 'grape', pink: 'grape', gray: 'gray', grey: 'gray' },
};

/** Our colours by the end of their range of hues, in degrees. */
const hues: readonly (readonly [to: number, color: DataSourceColor])[] = [
  ...([
    [15, 'red'],
    [42, 'orange'],
    [70, 'yellow'],
    [155, 'green'],
  ] as const),
  ...([
    [195, 'teal'],
    [255, 'blue'],
    [340, 'grape'],
    [360, 'red'],
  ] as const),
];

/** Less colourful than this is grey; on its way from grey (0) to a pure colour (1). */
const leastSaturation = 0.12;

/**
 * The colour of ours that is nearest to one of another product.
 * @param text `#rrggbb`, `r,g,b`, or a name
 * @returns undefined for none, and for white, which products have where nobody has chosen
 */
export function colorOf(text: string): DataSourceColor | undefined {
  const name = text.trim().toLowerCase();
  if (Object.hasOwn(colorNames, name)) return colorNames[name];
  const parts = partsOf(name);
  if (parts === null) return undefined;
  const [red, green, blue] = parts;
  const most = Math.max(...parts);
  const range = most - Math.min(...parts);
  if (most > 1 || Math.min(...parts) === 1) return undefined;
  if (range < leastSaturation) return 'gray';
  const sixth =
    most === red
      ? (green - blue) / range
      : most === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  const hue = (sixth * 60 + 360) % 360;
  return hues.find(([to]) => hue < to)?.[1];
}

/** Red, green and blue from 0 to 1. */
function partsOf(text: string): readonly [number, number, number] | null {
  const [, hex] = /^#([\da-f]{6})(?:[\da-f]{2})?$/.exec(text) ?? [];
  const [, red, green, blue] = /^(\d{1,3}), ?(\d{1,3}), ?(\d{1,3})$/.exec(text) ?? [];
  if (hex !== undefined) {
    const value = Number.parseInt(hex, 16);
    return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
  }
  return red === undefined ? null : [Number(red) / 255, Number(green) / 255, Number(blue) / 255];
}
