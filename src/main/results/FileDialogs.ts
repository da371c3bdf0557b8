/** Asks a person for a file or a folder; implemented by the platform. Each answers an absolute path, or null when it was cancelled. */
export interface FileDialogs {
  /**
   * Where to write; has asked before an existing file is overwritten.
   * @param extension such as `csv`
   */
  chooseTarget(suggestedName: string, extension: string): Promise<string | null>;
  /** @param extensions offered first, such as `sql`; any file can be chosen */
  chooseSource(extensions: readonly string[]): Promise<string | null>;
  chooseFolder(): Promise<string | null>;
}
