import type { Migration } from '../Migration.ts';
import { initial } from './2026_11_23_0001_initial.ts';

/** Every step of the store's format, in order. */
export const allMigrations: readonly Migration[] = [initial];
