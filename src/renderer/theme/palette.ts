import type { MantineColorsTuple } from '@mantine/core';

/** The accent: a quiet sea blue. Shade 7 with white text has a contrast of 5.4:1. */
export const harbour: MantineColorsTuple = [
  '#eef4fb',
  '#dde8f4',
  '#b8cee8',
  '#8fb3dc',
  '#6b9ad0',
  '#5288c6',
  '#437bbc',
  '#386aa6',
  '#2f5b90',
  '#234a79',
];

/** Surfaces and text of the dark scheme; 7 is the page, lower numbers come closer to the reader. */
export const dark: MantineColorsTuple = [
  '#d7dade',
  '#b3b8c0',
  '#949aa4',
  '#545b66',
  '#3b4149',
  '#2e333a',
  '#24282e',
  '#1b1e22',
  '#16181b',
  '#101214',
];

/** Danger. Shade 6 is text on a light page (4.9:1), 7 is the surface under white text (6:1), 4 is text on a dark one. */
export const red: MantineColorsTuple = [
  '#fff0f0',
  '#fedede',
  '#fbbcbc',
  '#f89b9b',
  '#f47f7f',
  '#ec5f5f',
  '#d42f2f',
  '#bd2525',
  '#a31f1f',
  '#7f1818',
];
