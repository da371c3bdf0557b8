import { parseArgs } from 'node:util';
import { commandError } from './commandErrors.ts';

/** The options of mooring-worker, as people write them: none of them is a secret. */
const names = {
  queue: 'string',
  'queue-password-file': 'string',
  'key-file': 'string',
  'ca-file': 'string',
  concurrency: 'string',
  name: 'string',
  files: 'string',
  health: 'string',
  help: 'boolean',
  version: 'boolean',
} as const;
type OptionName = keyof typeof names;
type TextOption = { [Name in OptionName]: (typeof names)[Name] extends 'string' ? Name : never }[OptionName];

const isOption = (name: string): name is OptionName => Object.hasOwn(names, name);

/** What was asked for, not yet checked. */
export interface WorkerOptions {
  readonly wants: 'run' | 'help' | 'version';
  /** From the command line, else from the environment: `MOORING_KEY_FILE` stands for `--key-file`. */
  readonly text: (name: TextOption) => string | undefined;
}

/** @throws INVALID_INPUT with one line that names the mistake */
export function readWorkerOptions(args: readonly string[], environment: NodeJS.ProcessEnv): WorkerOptions {
  const given = new Map<OptionName, string>();
  const options = Object.fromEntries(Object.entries(names).map(([name, type]) => [name, { type }]));
  // Not strict: its own messages would repeat an argument that may be a password.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') throw commandError('There are only options, such as --queue ADDRESS.');
    const { name, rawName, value = '', inlineValue = false } = token;
    if (!isOption(name)) throw commandError(`There is no option ${rawName}.`);
    if (given.has(name)) throw commandError(`${rawName} is given twice.`);
    checkValue(names[name], rawName, value, inlineValue);
    given.set(name, value);
  }
  const fromEnvironment = (name: string) =>
    environment[`MOORING_${name.toUpperCase().replaceAll('-', '_')}`] || undefined;
  return {
    wants: given.has('help') ? 'help' : given.has('version') ? 'version' : 'run',
    text: (name) => given.get(name) ?? fromEnvironment(name),
  };
}

/** @param isInline it stands behind a “=”, and may look like an option */
function checkValue(type: 'string' | 'boolean', rawName: string, value: string, isInline: boolean): void {
  if (type === 'boolean' && isInline) throw commandError(`${rawName} takes no value.`);
  const isForgotten = value === '' || (!isInline && value.startsWith('--'));
  if (type === 'string' && isForgotten) throw commandError(`${rawName} needs a value.`);
}

export const usage = `Usage: mooring-worker --queue ADDRESS --key-file FILE [OPTIONS]

Executes runs of Mooring pipelines. Takes them from a queue that several computers share.

  --queue ADDRESS             redis://USER@HOST:6379/0 (rediss:// with TLS), or
                              postgres://USER@HOST:5432/DATABASE (always TLS;
                              ?sslmode=disable without)
  --key-file FILE             the worker key that the app has saved
  --queue-password-file FILE  password of the queue; or MOORING_QUEUE_PASSWORD
  --ca-file FILE              certificate authorities of the queue, in PEM
  --concurrency COUNT         runs at the same time, 1 to 64 (2)
  --name NAME                 what the app calls this worker (the host's name)
  --files FOLDER              where files that pipelines write go; without it,
                              such runs fail
  --health PORT               answers GET on 127.0.0.1 with 200 or 503 and a state
  --help, --version

Each option can be given as an environment variable, such as MOORING_KEY_FILE.
Under systemd, the credentials worker-key and queue-password are used when
nothing else is given. No option takes a secret.
`;
