import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileFailed, systemCodeOf } from '../../../base/files/fileErrors.ts';
import { privateFileMode } from '../../../base/files/privateModes.ts';
import { UnfinishedFile } from '../../../base/files/UnfinishedFile.ts';
import { type FileNaming, fileNameOf, isDated, numberedName } from './fileNames.ts';

const partEnding = '.part';
/** A part that nobody has written to for so long is of a run that was killed, and was its last attempt. */
const abandonedAfterMs = 24 * 60 * 60 * 1_000;
/** So many files of one name are told apart. */
const maxNumber = 10_000;

/**
 * The file of a run while it is written, as `<name>.<run>.<attempt>.part` in its folder. Each attempt has one of its own:
 * what an attempt that was given up still writes never gets into the file of the next one.
 */
export class PartFile {
  readonly #file: UnfinishedFile;
  readonly #naming: FileNaming;

  private constructor(file: UnfinishedFile, naming: FileNaming) {
    this.#file = file;
    this.#naming = naming;
  }

  /**
   * Begins anew: parts of earlier attempts of the run are removed, and those of runs that are long over.
   * @param nowMs since the epoch
   * @param followsLinks whether a link of the name stays one, and the file goes where it leads
   * @throws PIPELINE_INVALID, DISK_FULL, FILE_FAILED
   */
  static async create(
    folder: string,
    naming: FileNaming,
    nowMs: number,
    followsLinks: boolean,
  ): Promise<PartFile> {
    const name = fileNameOf(naming);
    const partName = `${name}.${naming.runId}.${randomUUID().slice(0, 8)}${partEnding}`;
    const file = await UnfinishedFile.create(join(folder, name), privateFileMode, partName, followsLinks);
    await removeParts(dirname(file.target), name, partName, naming.runId, nowMs);
    return new PartFile(file, naming);
  }

  /** @throws DISK_FULL, FILE_FAILED */
  write(bytes: Uint8Array): Promise<void> {
    return this.#file.write(bytes);
  }

  /**
   * Brings it to the disk and gives it its name. One without a date takes the place of what is there; a dated one that of
   * the same run only, and otherwise gets a number.
   * @param isOwned asked at the last moment @returns its name, or null when it is not ours to be placed any more
   * @throws DISK_FULL, FILE_FAILED
   */
  async finish(isOwned: () => Promise<boolean>): Promise<string | null> {
    const mark = isDated(this.#naming.pattern) ? markOf(this.#naming) : null;
    await this.#file.flush(mark);
    const target = mark === null ? this.#file.target : await freePlace(this.#file.target, mark);
    if (!(await isOwned())) return null;
    await this.#file.place(target);
    return mark === null ? this.#file.fileName : basename(target);
  }

  /** Leaves nothing behind. Never rejects; works any number of times, also after `finish`. */
  abandon(): Promise<void> {
    return this.#file.abandon();
  }
}

/** One that another process still has open stays, where the system keeps it. */
async function removeParts(
  folder: string,
  name: string,
  except: string,
  runId: string,
  nowMs: number,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const parts = names.filter(
    (part) => part.startsWith(`${name}.`) && part.endsWith(partEnding) && part !== except,
  );
  for (const part of parts) {
    const path = join(folder, part);
    const isOver = part.startsWith(`${name}.${runId}.`) || (await isAbandoned(path, nowMs));
    if (isOver) await rm(path, { force: true }).catch(() => undefined);
  }
}

const isAbandoned = async (path: string, nowMs: number): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => nowMs - mtimeMs > abandonedAfterMs,
    () => false,
  );

/**
 * A dated file was modified at the time that stands for its run, with microseconds that stand for the run's id: so an
 * attempt after one that was killed behind its last step finds the file of its own run, and no other.
 * @returns seconds since the epoch
 */
function markOf({ namedAt, runId }: FileNaming): number {
  const hash = createHash('sha256').update(runId).digest();
  return Math.floor(namedAt) / 1_000 + (hash.readUInt16BE() % 1_000) / 1_000_000;
}

/** The first place, by number, that is free or has the run's own mark. */
async function freePlace(target: string, mark: number): Promise<string> {
  const wanted = basename(target);
  for (let number = 1; number <= maxNumber; number += 1) {
    const place = number === 1 ? target : join(dirname(target), numberedName(wanted, number));
    const modifiedAtUs = await modifiedAt(place);
    if (modifiedAtUs === null || Math.abs(modifiedAtUs - mark * 1_000_000) <= 1) return place;
  }
  const error = Object.assign(new Error('Too many files of one name.'), { code: 'EEXIST' });
  throw fileFailed('write', wanted, error);
}

/** In microseconds since the epoch; null where there is nothing. */
async function modifiedAt(path: string): Promise<number | null> {
  try {
    return Number((await stat(path, { bigint: true })).mtimeNs / 1_000n);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw fileFailed('write', basename(path), error);
  }
}
