import type { ResourceType } from '../../../../../shared/model/resources.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { textOf } from '../../json/jsonText.ts';
import { commonType, typeOfValue } from './ValueShape.ts';

/** Longest key that can name a column. */
const maxKeyLength = 300;

/** What a sample has of one field of its records. */
export class FieldSample {
  /** Of all values but null; null while there is none. */
  type: ResourceType | null = null;
  /** Records, or objects around it, that have a value which is not null. */
  valueCount = 0;
  objectCount = 0;
  /** Whether values of different types were seen, none of which holds the other. */
  isMixed = false;
  /** Fields of its objects, in the order in which they were seen first. */
  readonly fields = new Map<string, FieldSample>();

  /** @param depth how deep its objects are looked into */
  add(tape: JsonTape, token: number, depth: number): void {
    const type = typeOfValue(tape, token);
    if (type === null) return;
    this.valueCount += 1;
    const common = this.type === null ? type : commonType(this.type, type);
    if (this.type !== null && common === 'json' && type !== this.type) this.isMixed = true;
    this.type = common;
    if (tape.kind(token) !== tokenKinds.object) return;
    this.objectCount += 1;
    if (depth > 0) this.addFields(tape, token, depth - 1);
  }

  /** @returns whether a key came twice */
  addFields(tape: JsonTape, objectToken: number, depth: number): boolean {
    const values = new Map<string, number>();
    let hasRepeated = false;
    const closing = tape.closing(objectToken);
    for (let key = objectToken + 1; key < closing; key = tape.next(key + 1)) {
      const name = textOf(tape, key);
      if (values.has(name)) hasRepeated = true;
      if (name.length <= maxKeyLength) values.set(name, key + 1);
    }
    for (const [name, value] of values) this.field(name).add(tape, value, depth);
    return hasRepeated;
  }

  field(name: string): FieldSample {
    const found = this.fields.get(name);
    if (found !== undefined) return found;
    const made = new FieldSample();
    this.fields.set(name, made);
    return made;
  }
}
