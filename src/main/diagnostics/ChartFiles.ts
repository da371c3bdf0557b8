import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import type { FileDialogs } from '../results/FileDialogs.ts';

/** The first bytes of every PNG, and those of the chunk that must come first: its length and name. */
const pngBeginning = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export interface ChartFilesOptions {
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
  readonly clock: Clock;
}

/** Figures and pictures of charts, written to files that the person names. */
export class ChartFiles {
  readonly #options: ChartFilesOptions;

  constructor(options: ChartFilesOptions) {
    this.#options = options;
  }

  /** @returns the file's name; null when they cancelled @throws FILE_FAILED, DISK_FULL */
  saveFigures(text: string): Promise<string | null> {
    return this.#save('metrics', 'csv', Buffer.from(text));
  }

  /** @param base64 a PNG @returns as `saveFigures` @throws INVALID_INPUT, FILE_FAILED, DISK_FULL */
  async savePicture(base64: string): Promise<string | null> {
    const picture = Buffer.from(base64, 'base64');
    const isPng = picture.subarray(0, pngBeginning.length).equals(pngBeginning);
    if (!isPng) throw new AppError('INVALID_INPUT', { title: 'This is not a PNG picture' });
    return this.#save('chart', 'png', picture);
  }

  async #save(what: string, extension: string, bytes: Uint8Array): Promise<string | null> {
    const { dialogs, clock } = this.#options;
    const moment = new Date(clock.wallMs()).toISOString().slice(0, 19).replaceAll(':', '-');
    const path = await dialogs.chooseTarget(`mooring-${what}-${moment}`, extension);
    if (path === null) return null;
    return UnfinishedFile.holding(path, bytes);
  }
}
