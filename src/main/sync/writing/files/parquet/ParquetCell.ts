/** As the package that writes the file takes it. */
export type ParquetValue = boolean | number | bigint | Uint8Array;

/** Why a value is NULL in the file: it is one, but its type has nothing for it. There is one object for each reason. */
export class Lost {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Reads the canonical text of a value, which is not NULL. @returns null for what is no value of the type */
export type ParquetCell = (bytes: Buffer, from: number, to: number) => ParquetValue | Lost | null;
