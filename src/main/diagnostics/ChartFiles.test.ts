import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { ChartFiles } from './ChartFiles.ts';

/** One transparent pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

let folder: string;
const suggested: string[] = [];

const filesFor = (fileName: string | null): ChartFiles =>
  new ChartFiles({
    clock: new FakeClock(),
    dialogs: {
      chooseTarget: async (name, extension) => {
        suggested.push(`${name}.${extension}`);
        return fileName === null ? null : join(folder, fileName);
      },
    },
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-charts-'));
  suggested.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('ChartFiles', () => {
  it('writes figures and pictures as they are, under the name that the person gave', async () => {
    expect(await filesFor('a.csv').saveFigures('time,state\r\n')).toBe('a.csv');
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('time,state\r\n');
    expect(await filesFor('b.png').savePicture(pixel)).toBe('b.png');
    expect(readFileSync(join(folder, 'b.png')).toString('base64')).toBe(pixel);
    expect(suggested).toEqual([
      expect.stringMatching(/^mooring-metrics-[\dT-]+\.csv$/),
      expect.stringMatching(/^mooring-chart-[\dT-]+\.png$/),
    ]);
  });

  it('writes nothing when the person names no file', async () => {
    expect(await filesFor(null).saveFigures('time')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a program', Buffer.from('#!/bin/sh\nrm -rf ~').toString('base64')],
    ['a signature with nothing behind it', Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')],
    ['nothing', ''],
  ])('refuses %s as a picture before it asks for a name', async (_what, base64) => {
    await expect(filesFor('c.png').savePicture(base64)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(suggested).toEqual([]);
  });
});
