/** The key of a worker group: whoever has it can open the bundles of its runs. */
export interface WorkerKey {
  /** Tells keys apart; no secret. 16 hexadecimal digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}
