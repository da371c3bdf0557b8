import { z } from 'zod';
import { TabForms } from '../tabs/index.ts';
import type { Moved } from './scene.ts';

/** Further away nobody finds a table again. */
const place = z.number().min(-1_000_000).max(1_000_000);

const arrangementSchema = z.record(z.string().max(600), z.strictObject({ x: place, y: place }));

function readArrangement(text: string): Moved | null {
  if (text === '') return null;
  try {
    return arrangementSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Where tables were moved to in each tab that is open, kept as the texts of tabs are. */
export const arrangements = new TabForms<Moved>({
  read: readArrangement,
  write: (_tabId, moved) => (Object.keys(moved).length === 0 ? '' : JSON.stringify(moved)),
});

export const beginArrangement = (): Moved => ({});
