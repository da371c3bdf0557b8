/** The rows of a view, in its order. */
export interface RowOrder {
  readonly rowCount: number;
  /** Rows of the result, counted as they came. All places asked for must be there. */
  positions(from: number, count: number): Promise<Uint32Array>;
}
