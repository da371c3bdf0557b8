/** What options of curl mean here. Source: curl(1), version 8.10. */

/** What an option with a value does to the request. */
export type ValueOption =
  | 'method'
  | 'header'
  | 'data'
  | 'raw'
  | 'encoded'
  | 'json'
  | 'form'
  | 'formText'
  | 'user'
  | 'agent'
  | 'referer'
  | 'cookie'
  | 'bearer'
  | 'url'
  | 'urlQuery'
  | 'proxy'
  | 'config'
  | 'upload'
  /** It says how curl itself works, or where it writes. */
  | 'other';

export type SwitchOption = 'get' | 'head' | 'insecure' | 'globOff' | 'other';

const others = [
  ...[
    '-o',
    '--output',
    '-m',
    '--max-time',
    '--connect-timeout',
    '-w',
    '--write-out',
    '--retry',
    '--retry-delay',
  ],
  ...['--retry-max-time', '-E', '--cert', '--cacert', '--capath', '--key', '--key-type', '--pass', '-c'],
  ...['--cookie-jar', '--resolve', '--connect-to', '--interface', '--limit-rate', '--max-redirs', '-D'],
  ...[
    '--dump-header',
    '--ciphers',
    '-r',
    '--range',
    '-U',
    '--proxy-user',
    '--proxy-header',
    '-Y',
    '-y',
    '-z',
  ],
  ...[
    '--speed-limit',
    '--speed-time',
    '--time-cond',
    '-C',
    '--continue-at',
    '--noproxy',
    '--proto',
    '--tls-max',
  ],
  ...[
    '--request-target',
    '--dns-servers',
    '--doh-url',
    '--keepalive-time',
    '--max-filesize',
    '--stderr',
    '--trace',
  ],
  ...['--trace-ascii', '--unix-socket', '--aws-sigv4', '--expect100-timeout', '--local-port', '--socks5'],
  ...['--socks5-hostname', '--cert-type', '--tls13-ciphers', '--proto-default', '--output-dir', '--variable'],
];

export const valueOptions: ReadonlyMap<string, ValueOption> = new Map<string, ValueOption>([
  ['-X', 'method'],
  ['--request', 'method'],
  ['-H', 'header'],
  ['--header', 'header'],
  ['-d', 'data'],
  ['--data', 'data'],
  ['--data-ascii', 'data'],
  ['--data-binary', 'data'],
  ['--data-raw', 'raw'],
  ['--data-urlencode', 'encoded'],
  ['--json', 'json'],
  ['-F', 'form'],
  ['--form', 'form'],
  ['--form-string', 'formText'],
  ['-u', 'user'],
  ['--user', 'user'],
  ['-A', 'agent'],
  ['--user-agent', 'agent'],
  ['-e', 'referer'],
  ['--referer', 'referer'],
  ['-b', 'cookie'],
  ['--cookie', 'cookie'],
  ['--oauth2-bearer', 'bearer'],
  ['--url', 'url'],
  ['--url-query', 'urlQuery'],
  ['-x', 'proxy'],
  ['--proxy', 'proxy'],
  ['-K', 'config'],
  ['--config', 'config'],
  ['-T', 'upload'],
  ['--upload-file', 'upload'],
  ...others.map((name) => [name, 'other'] as const),
]);

const otherSwitches = [
  ...['--compressed', '-s', '--silent', '-S', '--show-error', '-L', '--location', '--location-trusted', '-v'],
  ...[
    '--verbose',
    '-i',
    '--include',
    '--show-headers',
    '-f',
    '--fail',
    '--fail-with-body',
    '-N',
    '--no-buffer',
  ],
  ...[
    '-#',
    '--progress-bar',
    '--no-progress-meter',
    '-O',
    '--remote-name',
    '-J',
    '--remote-header-name',
    '-n',
  ],
  ...[
    '--netrc',
    '-q',
    '--disable',
    '--basic',
    '--anyauth',
    '-4',
    '--ipv4',
    '-6',
    '--ipv6',
    '-0',
    '--http1.0',
  ],
  ...[
    '--http1.1',
    '--http2',
    '--http2-prior-knowledge',
    '--http3',
    '-1',
    '--tlsv1',
    '--tlsv1.0',
    '--tlsv1.1',
  ],
  ...[
    '--tlsv1.2',
    '--tlsv1.3',
    '--ssl-no-revoke',
    '--ssl-reqd',
    '--path-as-is',
    '--tcp-nodelay',
    '--raw',
    '-R',
  ],
  ...['--remote-time', '--create-dirs', '--retry-all-errors', '--retry-connrefused', '--no-keepalive', '-Z'],
];

export const switchOptions: ReadonlyMap<string, SwitchOption> = new Map<string, SwitchOption>([
  ['-G', 'get'],
  ['--get', 'get'],
  ['-I', 'head'],
  ['--head', 'head'],
  ['-k', 'insecure'],
  ['--insecure', 'insecure'],
  ['-g', 'globOff'],
  ['--globoff', 'globOff'],
  ...otherSwitches.map((name) => [name, 'other'] as const),
]);

/** An option as it was written, or another word. */
export type CurlArgument =
  | { readonly type: 'value'; readonly option: ValueOption; readonly value: string }
  | { readonly type: 'switch'; readonly option: SwitchOption }
  /** Its name is not told: where quotes are missing it may be a part of a secret. */
  | { readonly type: 'unknown' }
  | { readonly type: 'word'; readonly word: string };

/** Options by the rules of curl: `-XPOST`, `-sSL`, `--request POST`; what follows `--` is no option. */
export function* argumentsIn(words: readonly string[]): Generator<CurlArgument> {
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      yield* waiting.splice(0).map((rest) => ({ type: 'word', word: rest }) as const);
    } else if (word.startsWith('--')) {
      yield longOption(word, waiting);
    } else if (/^-./.test(word)) {
      yield* letters(word, waiting);
    } else {
      yield { type: 'word', word };
    }
  }
}

function longOption(word: string, waiting: string[]): CurlArgument {
  const option = valueOptions.get(word);
  if (option !== undefined) return { type: 'value', option, value: waiting.shift() ?? '' };
  const name = word.startsWith('--no-') ? `--${word.slice(5)}` : word;
  const switched = switchOptions.get(word) ?? (switchOptions.has(name) ? 'other' : undefined);
  return switched === undefined ? { type: 'unknown' } : { type: 'switch', option: switched };
}

function* letters(word: string, waiting: string[]): Generator<CurlArgument> {
  const signs = [...word.slice(1)];
  for (const [index, letter] of signs.entries()) {
    const option = valueOptions.get(`-${letter}`);
    if (option !== undefined) {
      const attached = signs.slice(index + 1).join('');
      yield { type: 'value', option, value: attached === '' ? (waiting.shift() ?? '') : attached };
      return;
    }
    const switched = switchOptions.get(`-${letter}`);
    yield switched === undefined ? { type: 'unknown' } : { type: 'switch', option: switched };
    if (switched === undefined) return;
  }
}
