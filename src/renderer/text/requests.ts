import type { RequestTiming } from '../../shared/model/requests.ts';
import type { Parameter, RequestBody } from '../../shared/model/resources.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../lib/format.ts';

const place: Record<Parameter['place'], string> = { path: 'Path', query: 'Query', header: 'Header' };

const bodyType: Record<RequestBody['type'], string> = {
  none: 'None',
  json: 'JSON',
  form: 'Form',
  multipart: 'Multipart',
  graphql: 'GraphQL',
  text: 'Text',
};

const stage: Record<Exclude<keyof RequestTiming, 'totalMs'>, string> = {
  waitMs: 'Waiting',
  dnsMs: 'Look-up',
  tcpMs: 'Connecting',
  tlsMs: 'Encrypting',
  firstByteMs: 'First byte',
  downloadMs: 'Download',
};

/** `12 kB`, or `3 kB packed, 12 kB unpacked`. */
const size = (bytes: number, unpacked: number): string =>
  bytes === unpacked ? formatBytes(bytes) : `${formatBytes(bytes)} packed, ${formatBytes(unpacked)} unpacked`;

/** Words of single requests and of their answers. */
export const requestsText = {
  newRequest: 'New request',
  method: 'Method',
  path: 'Path',
  pathHint: 'Behind the base URL. {name} takes a path parameter.',
  send: 'Send',
  sending: 'Waiting for the answer…',
  cancel: 'Cancel request',
  parts: { parameters: 'Parameters', headers: 'Headers', body: 'Body' },
  partsLabel: 'Parts of the request',
  missing: (name: string) => `The parameter ${name} needs a value.`,
  invalid: 'A name is missing in a line, or a text is too long.',
  readOnly: 'This data source is read-only. Only GET, HEAD and OPTIONS can be sent.',
  more: 'More actions',
  copyCurl: 'Copy as curl',
  copyCurlWithSecrets: 'Copy as curl with secrets…',
  curlCopied: 'Copied as curl, without secrets',
  curlCopiedWithSecrets:
    'Copied as curl with secrets. It will be removed from the clipboard after one minute.',
  pasteCurl: 'Paste curl command…',
  saveAsResource: 'Save as resource…',
  curl: {
    title: 'Paste a curl command',
    label: 'curl command',
    placeholder: "curl 'https://api.example.com/users' -H 'Accept: application/json'",
    hint: 'As browsers copy it, for bash or for the Windows command prompt. Log-ins in it are left out: they belong to the data source.',
    take: 'Take over',
    authentication: 'The log-in of the command was left out. The data source adds its own.',
  },
  question: {
    title: (method: string, source: string) => `Send ${method} to “${source}”?`,
    message: 'A request with this method may change or delete data on the server.',
    confirm: (method: string) => `Send ${method}`,
  },
  empty: {
    title: 'No answer yet',
    message: 'The answer of the API will be shown here: status, headers, timing and body.',
  },
  requestPane: 'Request',
  answerPane: 'Answer',
  answerParts: { body: 'Body', headers: 'Headers', request: 'Request', timing: 'Timing' },
  answerPartsLabel: 'Parts of the answer',

  names: {
    name: 'Name',
    value: 'Value',
    place: 'In',
    required: 'Required',
    list: 'List',
    exploded: 'Repeat',
  },
  listHint: 'One value a line',
  explodedHint: 'tags=x&tags=y instead of tags=x,y',
  place,
  add: 'Add line',
  remove: (name: string) => (name === '' ? 'Remove line' : `Remove ${name}`),
  nameOf: (label: string, number: number) => `${label}: name ${number}`,
  valueOf: (label: string, name: string) => `${label}: value of ${name === '' ? 'the new line' : name}`,
  placeOf: (name: string) => `Where ${name === '' ? 'the new parameter' : name} goes`,
  requiredOf: (name: string) => `${name === '' ? 'The new parameter' : name} is required`,
  listOf: (name: string) => `${name === '' ? 'The new parameter' : name} is a list`,
  explodedOf: (name: string) => `${name === '' ? 'The new parameter' : name} is repeated`,

  body: {
    type: 'Body',
    types: bodyType,
    json: 'JSON',
    fields: 'Fields',
    parts: 'Parts',
    query: 'GraphQL query',
    variables: 'Variables (JSON)',
    contentType: 'Content type',
    text: 'Text',
    file: 'File',
    fileOf: (name: string) => `${name === '' ? 'The new part' : name} is a file`,
    filePath: 'Path of the file',
    partContentType: (name: string) => `Content type of ${name === '' ? 'the new part' : name}`,
    none: 'The request has no body.',
  },

  answer: {
    status: (code: number, text: string) => (text === '' ? String(code) : `${code} ${text}`),
    duration: formatDuration,
    size,
    attempts: (count: number) => plural(count, 'attempt', 'attempts'),
    redirected: (count: number) => plural(count, 'redirect', 'redirects'),
    cut: (shown: number) => `The body is longer. The first ${formatCount(shown)} characters are shown.`,
    forms: { pretty: 'Pretty', tree: 'Tree', raw: 'Raw' },
    form: 'Show body as',
    find: 'Find in body',
    matches: (count: number) => (count === 0 ? 'No matches' : plural(count, 'match', 'matches')),
    wrap: 'Wrap lines',
    copy: 'Copy body',
    noText: 'The body cannot be shown as text.',
    empty: 'The body is empty.',
    notJson: 'This is no JSON that can be indented. It is shown as it came.',
    tooLarge: 'The body was cut, so its structure is not known.',
    url: 'Address',
    sentHeaders: 'Headers of the request',
    headers: 'Headers of the answer',
    redirectedFrom: 'Redirected from',
    stage,
    notNeeded: 'not needed',
    total: 'Total',
    timing: 'Time of each stage',
  },
};
