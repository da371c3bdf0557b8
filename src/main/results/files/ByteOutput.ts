const firstBytes = 64 * 1024;

/** Bytes that are being written one after the other. A loop that writes many takes `bytes` and moves `length` itself. */
export class ByteOutput {
  bytes = Buffer.allocUnsafeSlow(firstBytes);
  length = 0;

  /** Makes room for so many more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  append(source: Uint8Array, from = 0, to = source.length): void {
    this.reserve(to - from);
    this.bytes.set(from === 0 && to === source.length ? source : source.subarray(from, to), this.length);
    this.length += to - from;
  }

  /** What was written; it is overwritten from now on. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
