import type { Method, Pair } from '../model/resources.ts';
import { methodSchema } from '../model/resources.ts';
import { CurlRefused } from './CurlRefused.ts';
import { argumentsIn, type CurlArgument, type SwitchOption, type ValueOption } from './curlOptions.ts';

/** A piece of data, joined with the others by `&`, or by nothing. */
export interface DataPiece {
  readonly text: string;
  readonly isJson: boolean;
}

/** A part of a form as it was written: `name=value;type=…`. */
export interface FormPiece {
  readonly text: string;
  /** Only text: nothing in it means anything. */
  readonly isLiteral: boolean;
}

/** What the options of a command say, before anybody asks what it means. */
export class CurlParts {
  readonly urls: string[] = [];
  readonly headers: Pair[] = [];
  readonly data: DataPiece[] = [];
  readonly form: FormPiece[] = [];
  readonly urlQuery: string[] = [];
  readonly warnings = new Set<string>();
  method: Method | null = null;
  user: string | null = null;
  bearer: string | null = null;
  isGet = false;
  isHead = false;
  #unknownCount = 0;
  /** Words that do not look like an address; one may be the value of an option that is not known. */
  readonly #doubtful: string[] = [];

  /** @throws CurlRefused */
  static of(words: readonly string[]): CurlParts {
    const parts = new CurlParts();
    for (const argument of argumentsIn(words)) parts.#take(argument);
    parts.#settle();
    return parts;
  }

  #take(argument: CurlArgument): void {
    switch (argument.type) {
      case 'value':
        this.#takeValue(argument.option, argument.value);
        return;
      case 'switch':
        this.#takeSwitch(argument.option);
        return;
      case 'word':
        if (/^[a-z][a-z0-9+.-]*:\/\//i.test(argument.word)) this.urls.push(argument.word);
        else this.#doubtful.push(argument.word);
        return;
      case 'unknown':
        this.#unknownCount += 1;
    }
  }

  #takeValue(option: ValueOption, value: string): void {
    switch (option) {
      case 'method':
        this.method = methodOf(value);
        return;
      case 'header':
        this.#takeHeader(value);
        return;
      case 'agent':
        this.headers.push({ name: 'User-Agent', value });
        return;
      case 'referer':
        this.headers.push({ name: 'Referer', value: value.replace(/;auto$/, '') });
        return;
      case 'user':
        this.user = value;
        return;
      case 'bearer':
        this.bearer = value;
        return;
      case 'url':
        this.urls.push(value);
        return;
      case 'urlQuery':
        this.urlQuery.push(value.startsWith('+') ? value.slice(1) : encodedPiece(value));
        return;
      case 'form':
      case 'formText':
        this.form.push({ text: value, isLiteral: option === 'formText' });
        return;
      case 'cookie':
        this.warnings.add('Cookies were left out: they belong to a session in a browser.');
        return;
      case 'proxy':
        this.warnings.add('The proxy was left out: it is a setting of the data source.');
        return;
      case 'config':
        throw new CurlRefused('The command reads options from a file', 'Write them into the command.');
      case 'upload':
        throw new CurlRefused('The command uploads a file', 'Paste a command that has its data in it.');
      case 'other':
        return;
      default:
        this.#takeData(option, value);
    }
  }

  #takeData(option: 'data' | 'raw' | 'encoded' | 'json', value: string): void {
    const isFile = option !== 'raw' && (option === 'encoded' ? /^[^=]*@/.test(value) : value.startsWith('@'));
    if (isFile) {
      throw new CurlRefused(
        'The command reads its data from a file',
        'Paste the content of the file into the body instead.',
      );
    }
    this.data.push({ text: option === 'encoded' ? encodedPiece(value) : value, isJson: option === 'json' });
  }

  #takeSwitch(option: SwitchOption): void {
    if (option === 'get') this.isGet = true;
    if (option === 'head') this.isHead = true;
    if (option === 'insecure') {
      this.warnings.add('Certificates are checked all the same: -k is a setting of the data source.');
    }
  }

  /** `name: value`; `name;` has an empty value, `name:` takes a header of curl's own away. */
  #takeHeader(text: string): void {
    if (text.startsWith('@')) {
      throw new CurlRefused('The command reads headers from a file', 'Write them into the command.');
    }
    const [, name = '', sign, value = ''] = /^([^:;]+)([:;])([\s\S]*)$/.exec(text) ?? [];
    if (name.trim() === '' || (sign === ':' && value.trim() === '')) return;
    this.headers.push({ name: name.trim(), value: value.trim() });
  }

  #settle(): void {
    const [first, ...more] = this.#doubtful;
    if (this.urls.length === 0 && first !== undefined && (more.length === 0 || this.#unknownCount > 0)) {
      this.urls.push(this.#doubtful.findLast((word) => /[./:]/.test(word)) ?? first);
    } else if (first !== undefined && this.#unknownCount === 0) {
      throw new CurlRefused(
        'The command has words that are no options',
        'Put quotes around values with blanks.',
      );
    }
    if (this.urls.length > 1) {
      throw new CurlRefused('The command has more than one address', 'Paste one request at a time.');
    }
    if (this.#unknownCount > 0) this.warnings.add(unknownWarning(this.#unknownCount));
  }
}

const unknownWarning = (count: number): string =>
  count === 1
    ? 'An option that is not known was left out.'
    : `${count} options that are not known were left out.`;

function methodOf(text: string): Method {
  const method = methodSchema.safeParse(text.trim().toUpperCase());
  if (method.success) return method.data;
  throw new CurlRefused(
    'The method of the command is not known',
    `It can be ${methodSchema.options.join(', ')}.`,
  );
}

/** `--data-urlencode`: `value`, `=value` or `name=value`, of which the value is encoded. */
function encodedPiece(text: string): string {
  const equals = text.indexOf('=');
  if (equals === -1) return encodeURIComponent(text);
  const name = text.slice(0, equals);
  const value = encodeURIComponent(text.slice(equals + 1));
  return name === '' ? value : `${name}=${value}`;
}
