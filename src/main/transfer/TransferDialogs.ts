/** Asks a person for a file; implemented by the platform. Each answers an absolute path, or null when it was cancelled. */
export interface TransferDialogs {
  /** Where to write; has asked before an existing file is overwritten. */
  chooseTarget(defaultName: string): Promise<string | null>;
  chooseSource(): Promise<string | null>;
}
