const names = [
  'POINT',
  'LINESTRING',
  'POLYGON',
  'MULTIPOINT',
  'MULTILINESTRING',
  'MULTIPOLYGON',
  'GEOMETRYCOLLECTION',
] as const;

/** Flags of PostGIS in the number of the type: a third and a fourth number in each point, and a reference system. */
const flags = { z: 0x80_00_00_00, m: 0x40_00_00_00, srid: 0x20_00_00_00 };

/** Collections in collections: more than anybody draws, and less than the stack takes. */
const deepest = 32;

/** Bytes that are no geometry. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** Well-known binary (OGC 06-103r4, with the extensions of PostGIS) from its beginning to its end. */
class GeometryReader {
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
  }

  read(): { readonly srid: number; readonly text: string } {
    const whole = this.#geometry(0);
    if (this.#at !== this.#view.byteLength) throw new Refused();
    return whole;
  }

  #geometry(depth: number): { readonly srid: number; readonly text: string; readonly body: string } {
    if (depth > deepest) throw new Refused();
    const isLittle = this.#take(1, (at) => this.#view.getUint8(at)) === 1;
    const number = this.#take(4, (at) => this.#view.getUint32(at, isLittle));
    // The standard adds 1000, 2000 or 3000 for points of more numbers; PostGIS has flags.
    const code = number & 0x0f_ff_ff_ff;
    const more = Math.floor(code / 1000);
    const hasZ = (number & flags.z) !== 0 || more === 1 || more === 3;
    const hasM = (number & flags.m) !== 0 || more >= 2;
    const srid = (number & flags.srid) === 0 ? 0 : this.#take(4, (at) => this.#view.getUint32(at, isLittle));
    const name = names[(code % 1000) - 1];
    if (name === undefined) throw new Refused();
    const body = this.#body(name, { isLittle, size: 2 + Number(hasZ) + Number(hasM) }, depth);
    const dimensions = `${hasZ ? 'Z' : ''}${hasM ? 'M' : ''}`;
    const head = dimensions === '' ? name : `${name} ${dimensions} `;
    return { srid, text: body === '' ? `${head.trim()} EMPTY` : `${head}(${body})`, body };
  }

  #body(name: (typeof names)[number], point: PointShape, depth: number): string {
    const list = (item: () => string) => this.#list(point.isLittle, item);
    switch (name) {
      case 'POINT':
        return this.#point(point);
      case 'LINESTRING':
        return list(() => this.#point(point));
      case 'POLYGON':
        return list(() => `(${list(() => this.#point(point))})`);
      case 'MULTIPOINT':
        return list(() => this.#geometry(depth + 1).body);
      case 'GEOMETRYCOLLECTION':
        return list(() => this.#geometry(depth + 1).text);
      default:
        return list(() => `(${this.#geometry(depth + 1).body})`);
    }
  }

  #list(isLittle: boolean, item: () => string): string {
    const count = this.#take(4, (at) => this.#view.getUint32(at, isLittle));
    // Each item takes a byte at least: a count that cannot be true ends here.
    if (count > this.#view.byteLength - this.#at) throw new Refused();
    return Array.from({ length: count }, item).join(',');
  }

  /** Empty for a point without a place, which is written as not a number. */
  #point({ isLittle, size }: PointShape): string {
    const numbers = Array.from({ length: size }, () =>
      this.#take(8, (at) => this.#view.getFloat64(at, isLittle)),
    );
    return numbers.every(Number.isNaN) ? '' : numbers.join(' ');
  }

  #take(byteCount: number, read: (at: number) => number): number {
    const at = this.#at;
    if (at + byteCount > this.#view.byteLength) throw new Refused();
    this.#at += byteCount;
    return read(at);
  }
}

interface PointShape {
  readonly isLittle: boolean;
  /** Numbers of a point. */
  readonly size: number;
}

/**
 * A geometry as well-known text, with its reference system where it has one: `SRID=4326;POINT(13.4 52.5)`. X stands before
 * Y, as in the bytes.
 * @param startsWithSrid MySQL stores the number of the reference system in front
 * @returns null for bytes that are no geometry
 */
export function geometryText(bytes: Uint8Array, startsWithSrid: boolean): string | null {
  try {
    const { srid: own, text } = new GeometryReader(bytes, startsWithSrid ? 4 : 0).read();
    const inFront =
      startsWithSrid && bytes.length >= 4
        ? new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
        : 0;
    const srid = own || inFront;
    return srid === 0 ? text : `SRID=${srid};${text}`;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
