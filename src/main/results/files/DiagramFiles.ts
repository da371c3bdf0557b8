import { checkPlainSvg } from '../../../shared/model/plainSvg.ts';
import { AppError } from '../../base/AppError.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import { UnfinishedFile } from '../../base/files/UnfinishedFile.ts';
import type { FileDialogs } from '../FileDialogs.ts';
import { suggestedFileName } from './suggestedFileName.ts';

/** Pieces of a document that are checked before the clock is looked at. */
const piecesPerLook = 500;

export interface DiagramFilesOptions {
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

/** Diagrams as SVG, written to files that the person names. */
export class DiagramFiles {
  readonly #options: DiagramFilesOptions;

  constructor(options: DiagramFilesOptions) {
    this.#options = options;
  }

  /**
   * @param name what the file is called unless the person names it otherwise
   * @returns the file's name; null when they cancelled
   * @throws INVALID_INPUT for anything but shapes and text, FILE_FAILED, DISK_FULL
   */
  async save(name: string, svg: string, signal: AbortSignal): Promise<string | null> {
    if (!(await this.#isPlain(svg, signal))) {
      throw new AppError('INVALID_INPUT', { title: 'This is not a diagram' });
    }
    const path = await this.#options.dialogs.chooseTarget(suggestedFileName(name), 'svg');
    if (path === null) return null;
    return UnfinishedFile.holding(path, Buffer.from(svg));
  }

  async #isPlain(svg: string, signal: AbortSignal): Promise<boolean> {
    const pace = new Pace(this.#options.clock, signal);
    const check = checkPlainSvg(svg);
    for (let count = 1; ; count += 1) {
      const { done, value } = check.next();
      if (done === true) return value;
      if (count % piecesPerLook === 0) await pace.rest();
    }
  }
}
