import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { privateFileMode } from '../base/files/privateModes.ts';

/** Writes a new file that is on the disk when this returns; its name too, once `syncFolder` ran. Fails if it exists. */
export function writeNewFileDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', privateFileMode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Flushes a file that something else wrote. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Flushes a folder's list of names, without which a new or renamed file may be gone after a power cut. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder for this; NTFS journals its names itself.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
