import type { z } from 'zod';
import type { Arrangement, Layout, OpenedFile } from '../../shared/model/tabs.ts';

/** What the window has open, so that it comes back at the next start; and the text files of people. */
export interface TabMemory {
  layout(): Layout;
  setLayout(layout: Layout): void;
  arrangement(): Arrangement;
  setArrangement(arrangement: Arrangement): void;
  /** Empty when nothing was kept. */
  readText(tabId: string): Promise<string>;
  /** Resolves when the text would survive the end of the process. */
  writeText(tabId: string, text: string): Promise<void>;
  /** Forgets the texts of all other tabs. */
  retainTexts(tabIds: readonly string[]): Promise<void>;
  openFile(): Promise<OpenedFile>;
  saveFile(file: FileToSave): Promise<SavedText>;
}

/** What is to be saved; without an id the person is asked for a name. */
export interface FileToSave {
  readonly fileId: string | null;
  readonly suggestedName: string;
  readonly text: string;
  /** Also when another program has changed or removed the file. */
  readonly replacesChanges: boolean;
}

/** Null when the dialog was closed. */
export type SavedText = { readonly id: string; readonly name: string } | null;

/** Small values by key, kept by the store. */
export interface KeptValues {
  /** The fallback when there is nothing, or nothing that fits the schema. */
  read<Schema extends z.ZodType>(key: string, schema: Schema, fallback: z.output<Schema>): z.output<Schema>;
  write(key: string, value: unknown): void;
}
