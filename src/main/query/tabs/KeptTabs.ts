import { defaultArrangement, defaultLayout } from '../../../shared/model/defaults.ts';
import {
  type Arrangement,
  arrangementSchema,
  type Layout,
  layoutSchema,
  type OpenedFile,
} from '../../../shared/model/tabs.ts';
import type { FileDialogs } from '../../results/FileDialogs.ts';
import type { FileToSave, KeptValues, SavedText, TabMemory } from '../TabMemory.ts';
import { PersonalFiles } from './PersonalFiles.ts';
import { TabTexts } from './TabTexts.ts';

export interface KeptTabsOptions {
  readonly values: KeptValues;
  readonly dialogs: FileDialogs;
  /** Where the texts of tabs are kept; made when missing. */
  readonly folder: string;
}

/** What the window has open, as it comes back at the next start. */
export class KeptTabs implements TabMemory {
  readonly #values: KeptValues;
  readonly #texts: TabTexts;
  readonly #files: PersonalFiles;

  constructor({ dialogs, folder, values }: KeptTabsOptions) {
    this.#values = values;
    this.#texts = new TabTexts(folder);
    this.#files = new PersonalFiles(dialogs, values);
  }

  layout(): Layout {
    return this.#values.read('layout', layoutSchema, defaultLayout);
  }

  setLayout(layout: Layout): void {
    this.#values.write('layout', layout);
  }

  arrangement(): Arrangement {
    return this.#values.read('arrangement', arrangementSchema, defaultArrangement);
  }

  setArrangement(arrangement: Arrangement): void {
    this.#values.write('arrangement', arrangement);
  }

  readText(tabId: string): Promise<string> {
    return this.#texts.read(tabId);
  }

  writeText(tabId: string, text: string): Promise<void> {
    return this.#texts.write(tabId, text);
  }

  retainTexts(tabIds: readonly string[]): Promise<void> {
    return this.#texts.retain(tabIds);
  }

  openFile(): Promise<OpenedFile> {
    return this.#files.open();
  }

  saveFile(file: FileToSave): Promise<SavedText> {
    return this.#files.save(file);
  }
}
