/** What the dictionary says about the value that a column gets by itself. */
export interface DictionaryDefault {
  readonly isMysql: boolean;
  /** Its column COLUMN_DEFAULT: a value on MySQL, an expression on MariaDB. */
  readonly text: string | null;
  /** Its column EXTRA: words that are the same in all languages. */
  readonly extra: string;
  /** Such as `varchar`. */
  readonly dataType: string;
}

/** Types whose values are written without quotes. */
const bareTypes: ReadonlySet<string> = new Set([
  ...['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  ...['decimal', 'float', 'double', 'year', 'bit'],
]);

const currentTimestamp = /^current_timestamp(?:\(\)|(\(\d\)))?$/i;
const onUpdate = /\bon update (current_timestamp(?:\(\d?\))?)/i;

/** The default of a column as SQL, the same on both products; null when it has none, or none but NULL. */
export function columnDefault(column: DictionaryDefault): string | null {
  if (/\bGENERATED\b/.test(column.extra)) return null;
  if (/\bauto_increment\b/i.test(column.extra)) return 'AUTO_INCREMENT';
  const [, renewed] = onUpdate.exec(column.extra) ?? [];
  const parts = [
    column.isMysql ? mysqlDefault(column) : mariadbDefault(column),
    renewed === undefined ? null : `ON UPDATE ${inUsualWords(renewed)}`,
  ];
  const present = parts.filter((part) => part !== null);
  return present.length === 0 ? null : present.join(' ');
}

/** MariaDB writes NULL for "none" wherever a column may be null; the text is in quotes. */
function mariadbDefault({ text }: DictionaryDefault): string | null {
  return text === null || text === 'NULL' ? null : inUsualWords(text);
}

function mysqlDefault({ text, extra, dataType }: DictionaryDefault): string | null {
  if (text === null) return null;
  if (extra.includes('DEFAULT_GENERATED')) return inUsualWords(unescapeExpression(text));
  if (bareTypes.has(dataType.toLowerCase())) return text;
  const isBinary = /binary|blob/i.test(dataType) && text.startsWith('0x');
  return isBinary ? text : quoteText(text);
}

/** MariaDB spells it as a function. */
function inUsualWords(expression: string): string {
  const match = currentTimestamp.exec(expression);
  return match === null ? expression : `CURRENT_TIMESTAMP${match[1] ?? ''}`;
}

const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', Z: '\x1a' };
const written: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\\': '\\\\',
  "'": "''",
};

/** MySQL's dictionary has expressions as the inside of a text in quotes. */
export function unescapeExpression(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character);
}

/** As `SHOW CREATE` of both products writes a text. */
function quoteText(text: string): string {
  return `'${text.replace(/[\0\n\r\\']/g, (character) => written[character] ?? character)}'`;
}
