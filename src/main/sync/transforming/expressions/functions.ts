import { dateText } from '../../../base/calendar.ts';
import { castStep } from '../casts/castStep.ts';
import { type Decimal, maxDigits, parseDecimal, rounded, scaledTo } from '../values/decimals.ts';
import { inUtc, isEndless } from '../values/moments.ts';
import { ValueRefused } from './expressionError.ts';
import { both, type Evaluation, type FunctionCall, strict, strictTwo } from './FunctionCall.ts';
import { checked, momentOf } from './operators.ts';
import { anyDecimal, anyText, commonType, isMoment, longInteger, typeWord } from './typedValues.ts';

/** Longest text that a function makes, in UTF-16 units. */
const maxTextLength = 16 * 1024 * 1024;

interface FunctionShape {
  readonly least: number;
  readonly most: number;
  readonly make: (call: FunctionCall) => Evaluation;
}

const decimalOf = (number: number): Decimal => ({ digits: BigInt(number), scale: 0 });

const textFunction = (
  least: number,
  most: number,
  evaluate: (call: FunctionCall) => Evaluation['evaluate'],
) => ({
  least,
  most,
  make: (call: FunctionCall) => ({ type: anyText, evaluate: evaluate(call) }),
});

/** A function of one number that gives a whole one. */
const wholeFunction = (work: (value: Decimal) => Decimal): FunctionShape => ({
  least: 1,
  most: 1,
  make: (call) => ({ type: longInteger, evaluate: strict(call.number(0), work) }),
});

/** A part of a date. */
const partFunction = (work: (moment: ReturnType<typeof momentOf>) => number): FunctionShape => ({
  least: 1,
  most: 1,
  make: (call) => ({
    type: { type: 'integer', bits: 32, isUnsigned: false },
    evaluate: strict(call.moment(0), (text) => (isEndless(text) ? null : decimalOf(work(momentOf(text))))),
  }),
});

function floorOf({ digits, scale }: Decimal): Decimal {
  const whole = rounded({ digits, scale }, 0);
  return scaledTo(whole, scale) > digits ? { digits: whole.digits - 1n, scale: 0 } : whole;
}

const negative = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });

/** Characters of a text from one position, counted from 0, up to before another one. */
const part = (text: string, from: number, to: number): string =>
  from >= to ? '' : [...text].slice(from, to).join('');

function replaced(text: string, from: string, to: string): string {
  if (from === '') return text;
  const pieces = text.split(from);
  const length = text.length + (pieces.length - 1) * (to.length - from.length);
  requireLength(length);
  return pieces.join(to);
}

export function joined(pieces: readonly (string | null)[]): string {
  const text = pieces.map((piece) => piece ?? '').join('');
  requireLength(text.length);
  return text;
}

function requireLength(length: number): void {
  if (length > maxTextLength) throw new ValueRefused('A text becomes longer than 16 million characters.');
}

function roundFunction(call: FunctionCall): Evaluation {
  if (call.operands.length === 1) {
    return {
      type: longInteger,
      evaluate: strict(call.number(0), (value) => rounded(value, 0)),
    };
  }
  const evaluate = strictTwo(call.number(0), call.count(1), (value, digits) =>
    checked(rounded(value, Math.max(-maxDigits, Math.min(maxDigits, digits)))),
  );
  return { type: anyDecimal, evaluate };
}

/** The date of a time stamp, or one that a text says. */
function dateFunction(call: FunctionCall): Evaluation {
  const type = call.typeOf(0);
  if (type !== null && type.type !== 'text' && !isMoment(type)) {
    throw call.failure(call.operands[0]?.at ?? call.at, `date() takes no ${typeWord(type)}.`);
  }
  const evaluate = strict(call.text(0), (text) => {
    if (isEndless(text)) return text;
    const moment = momentOf(text.trim());
    return dateText(moment.offset === null ? moment : inUtc(moment));
  });
  return { type: { type: 'date' }, evaluate };
}

function numberFunction(call: FunctionCall): Evaluation {
  const type = call.typeOf(0);
  if (type !== null && castStep(type, anyDecimal) === 'impossible') {
    throw call.failure(call.operands[0]?.at ?? call.at, `to_number() takes no ${typeWord(type)}.`);
  }
  const evaluate = strict(call.text(0), (text) => {
    if (text === 'true' || text === 'false') return decimalOf(text === 'true' ? 1 : 0);
    const value = parseDecimal(text.trim());
    if (value === null) throw new ValueRefused(`“${text.slice(0, 40)}” is no number.`);
    return value;
  });
  return { type: anyDecimal, evaluate };
}

/** All functions but those whose type depends on all of their operands, which are in `compileExpression.ts`. */
export const functions: ReadonlyMap<string, FunctionShape> = new Map<string, FunctionShape>([
  ['lower', textFunction(1, 1, (call) => strict(call.text(0), (text) => text.toLowerCase()))],
  ['upper', textFunction(1, 1, (call) => strict(call.text(0), (text) => text.toUpperCase()))],
  ['trim', textFunction(1, 1, (call) => strict(call.text(0), (text) => text.trim()))],
  [
    'left',
    textFunction(2, 2, (call) =>
      strictTwo(call.text(0), call.count(1), (text, count) => part(text, 0, count)),
    ),
  ],
  [
    'right',
    textFunction(2, 2, (call) =>
      strictTwo(call.text(0), call.count(1), (text, count) =>
        count <= 0 ? '' : [...text].slice(-count).join(''),
      ),
    ),
  ],
  [
    'substring',
    textFunction(2, 3, (call) => {
      const rest = strictTwo(call.text(0), call.count(1), (text, from) =>
        part(text, Math.max(0, from - 1), Number.POSITIVE_INFINITY),
      );
      if (call.operands.length === 2) return rest;
      return strictTwo(call.text(0), both(call.count(1), call.count(2)), (text, [from, count]) =>
        part(text, Math.max(0, from - 1), Math.max(0, from - 1 + count)),
      );
    }),
  ],
  [
    'replace',
    textFunction(3, 3, (call) =>
      strictTwo(call.text(0), both(call.text(1), call.text(2)), (text, [from, to]) =>
        replaced(text, from, to),
      ),
    ),
  ],
  [
    'length',
    {
      least: 1,
      most: 1,
      make: (call) => ({
        type: longInteger,
        evaluate: strict(call.text(0), (text) => decimalOf([...text].length)),
      }),
    },
  ],
  [
    'concat',
    textFunction(1, 100, (call) => {
      const pieces = call.operands.map((_, index) => call.text(index));
      return (row) => joined(pieces.map((piece) => piece(row)));
    }),
  ],
  ['to_text', textFunction(1, 1, (call) => call.text(0))],
  ['to_number', { least: 1, most: 1, make: numberFunction }],
  ['round', { least: 1, most: 2, make: roundFunction }],
  ['floor', wholeFunction(floorOf)],
  ['ceil', wholeFunction((value) => negative(floorOf(negative(value))))],
  [
    'abs',
    {
      least: 1,
      most: 1,
      make: (call) => ({
        type: commonType(call.typeOf(0) ?? longInteger, longInteger),
        evaluate: strict(call.number(0), (value) => (value.digits < 0n ? negative(value) : value)),
      }),
    },
  ],
  ['year', partFunction(({ year }) => year)],
  ['month', partFunction(({ month }) => month)],
  ['day', partFunction(({ day }) => day)],
  ['date', { least: 1, most: 1, make: dateFunction }],
]);
