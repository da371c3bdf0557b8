import type {
  Arranged,
  ArrangeInput,
  CellPart,
  CellRef,
  Copied,
  CopyInput,
  FileFormat,
  FindInput,
  Found,
  ResultColumn,
  ResultId,
  ResultProgress,
  ResultWindow,
  SavedFile,
  SaveResultInput,
  SelectionInput,
  Summary,
  WindowInput,
} from '../../shared/model/results.ts';
import type { EncodedRows, RowStream } from '../connectors/RowStream.ts';

/** Work on a result that takes a while. */
export interface ResultWork {
  readonly signal: AbortSignal;
  /** Called a few times a second at most. */
  readonly onProgress?: (progress: ResultProgress) => void;
}

export interface FillOptions extends ResultWork {
  /** Most rows kept; the stream is closed when there are more. Null: all of them. */
  readonly rowLimit: number | null;
}

export interface Filled {
  readonly rowCount: number;
  readonly byteCount: number;
  readonly isLimited: boolean;
}

/** A result that is being written. It can be read from its first row on. */
export interface ResultWriter {
  readonly id: ResultId;
  readonly rowCount: number;
  readonly byteCount: number;
  /**
   * Keeps what a stream still has, and closes it.
   * @throws what ends the stream, or DISK_FULL; what came before stays and can be read
   */
  fill(stream: RowStream, options: FillOptions): Promise<Filled>;
  /** Rows that can be read at once; `flush` is called when no more come for now. @throws DISK_FULL */
  append(rows: EncodedRows): Promise<void>;
  /** Gives back the memory that appending takes. @throws DISK_FULL */
  flush(): Promise<void>;
}

/** The results of the window, each in a spool of its own. All methods throw NOT_FOUND for one that was dropped. */
export interface Results {
  /** @param owner whose results are dropped together, such as the id of a tab */
  create(columns: readonly ResultColumn[], owner: string): Promise<ResultWriter>;
  window(input: WindowInput): Promise<ResultWindow>;
  cellPart(input: CellRef & { readonly offset: number; readonly length: number }): Promise<CellPart>;
  arrange(input: ArrangeInput, work: ResultWork): Promise<Arranged>;
  find(input: FindInput, work: ResultWork): Promise<Found>;
  summary(input: SelectionInput, work: ResultWork): Promise<Summary>;
  /** @throws TOO_LARGE for what no clipboard takes */
  copy(input: CopyInput, work: ResultWork): Promise<Copied>;
  save(input: SaveResultInput, work: ResultWork): Promise<SavedFile>;
  drop(resultId: ResultId): Promise<void>;
  dropAllOf(owner: string): Promise<void>;
}

export interface SaveOptions extends ResultWork {
  readonly suggestedName: string;
}

/** A file that is being written aside; it takes its name when it is finished. */
export interface FileWriter {
  readonly fileName: string;
  /** @throws DISK_FULL, FILE_FAILED */
  write(bytes: Buffer): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing behind. Never rejects. */
  abandon(): Promise<void>;
}

export interface FileReader {
  readonly fileName: string;
  /** The next bytes; null at the end. @throws FILE_FAILED */
  read(): Promise<Buffer | null>;
  close(): Promise<void>;
}

/** Files that a person names in a dialog. */
export interface ResultFiles {
  /**
   * Asks for a name, then writes rows as they come, in constant memory; a file that is not whole is removed.
   * @param open called once there is a name
   * @returns null when the dialog was closed: then `open` was not called
   * @throws what the stream ends with, DISK_FULL, FILE_FAILED
   */
  saveRows(open: () => Promise<RowStream>, format: FileFormat, options: SaveOptions): Promise<SavedFile>;
  /** @param extension such as `csv` */
  create(suggestedName: string, extension: string): Promise<FileWriter | null>;
  open(): Promise<FileReader | null>;
}
