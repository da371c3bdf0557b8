import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { someFields } from '../../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { TestSigner } from '../../../../tests/support/TestSigner.ts';
import { commandWords } from '../../../shared/engines/commandLine.ts';
import type { PasswordCommand } from '../../../shared/model/passwordSource.ts';
import { neverAborted } from '../../base/abort.ts';
import { systemClock } from '../../base/Clock.ts';
import type { Question } from '../../base/Question.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { AllowedCommands, commandKey } from './AllowedCommands.ts';
import { PasswordCommands } from './PasswordCommands.ts';

const node = process.execPath;
const fields = someFields();
const allowAll = { require: async () => undefined };
const commandOf = (argv: readonly string[], timeToLiveSeconds = 0): PasswordCommand => ({
  ...{ type: 'command', argv: [...argv], timeToLiveSeconds },
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a password command', () => {
  const commands = new PasswordCommands({ allowed: allowAll, clock: systemClock });
  const outputOf = (script: string, ...words: readonly string[]) =>
    commands.passwordOf(commandOf([node, '-e', script, ...words]), fields, neverAborted);

  it('gets its words as they are, without a shell, and the end of its line is cut', async () => {
    const word = '$HOME `id` ; $(touch x) > y *';
    expect(await outputOf('console.log(process.argv.slice(1).join())', '--', word)).toBe(word);
  });

  it('sees where to find things, and no secret of the environment', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'poison');
    vi.stubEnv('PGPASSWORD', 'poison');
    vi.stubEnv('AWS_PROFILE', 'team');
    const seen = await outputOf('process.stdout.write(JSON.stringify(process.env))');
    vi.unstubAllEnvs();
    expect(seen).not.toContain('poison');
    expect(JSON.parse(seen)).toMatchObject({ AWS_PROFILE: 'team', PATH: process.env.PATH });
  });

  it.each([
    ['process.stderr.write("\\u001b[31mtoken expired\\n"); process.exit(3)', 'token expired'],
    ['', 'It printed nothing.'],
    ['console.log("a\\nb")', 'more than one line'],
    ['process.stdout.write("x".repeat(100000))', 'more than 64 kB'],
  ])('that gives none says why: %s', async (script, detail) => {
    await expect(outputOf(script)).rejects.toMatchObject({
      ...{ code: 'PASSWORD_COMMAND_FAILED', detail: expect.stringContaining(detail) },
    });
  });

  it('that is not there is told as such', async () => {
    const command = commandOf(['no-such-program-of-mooring']);
    await expect(commands.passwordOf(command, fields, neverAborted)).rejects.toMatchObject({
      ...{
        code: 'PASSWORD_COMMAND_FAILED',
        driverCode: 'ENOENT',
        message: expect.stringContaining('not found'),
      },
    });
  });

  it('is killed with all that it has started when the connect is cancelled', async () => {
    const path = join(folder, 'pid');
    const script = `const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
      require('fs').writeFileSync(${JSON.stringify(path)}, String(child.pid));`;
    const controller = new AbortController();
    const command = commandOf([node, '-e', script]);
    const password = commands.passwordOf(command, fields, controller.signal);
    const failure = expect(password).rejects.toMatchObject({ code: 'CANCELLED' });
    const pid = await vi.waitFor(async () => {
      const text = await readFile(path, 'utf8');
      expect(text).not.toBe('');
      return Number(text);
    }, 10_000);
    controller.abort();
    await failure;
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5_000);
  });
});

/** What the tools print, with their own line ends. */
const printed: Readonly<Record<string, string>> = {
  aws: 'db.abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=ann&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261130%2Feu-central-1%2Frds-db%2Faws4_request&X-Amz-Expires=900&X-Amz-Signature=0f1e\n',
  gcloud: `ya29.${'a0-_'.repeat(60)}\n`,
  az: `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${'Zm9v'.repeat(400)}.c2ln-_\r\n`,
  op: 'two words $HOME\n',
};

describe.skipIf(process.platform === 'win32')('each command of the documentation', async () => {
  const page = await readFile(new URL('../../../../docs/ways-in.md', import.meta.url), 'utf8');
  const documented = [...page.matchAll(/^\| [^|]+ \| `((?:aws|gcloud|az|op) [^`]+)` \|/gm)].map(
    ([, command = '']) => command,
  );
  // Written as a shell has it: quotation marks keep a word together there as well.
  const words = (command: string) =>
    [...command.matchAll(/"([^"]*)"|\S+/g)].map(([all, inner]) => inner ?? all);

  it('is there', () => {
    expect(documented.map((command) => command.split(' ')[0])).toEqual(Object.keys(printed));
  });

  it.each(documented)('gets its words, and its output is the password: %s', async (command) => {
    const argv = commandWords(command) ?? [];
    const [program = ''] = argv;
    const path = join(folder, program);
    // A stand-in for the tool, which tells what it was given.
    await writeFile(path, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.words"\ncat "$0.output"\n', { mode: 0o755 });
    await writeFile(`${path}.output`, printed[program] ?? '');
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    const commands = new PasswordCommands({ allowed: allowAll, clock: systemClock });
    const password = await commands.passwordOf(commandOf(argv), fields, neverAborted);
    vi.unstubAllEnvs();
    expect(password).toBe(printed[program]?.trimEnd());
    expect(await readFile(`${path}.words`, 'utf8')).toBe(`${words(command).slice(1).join('\n')}\n`);
  });
});

describe('what a command has printed', () => {
  const clock = new FakeClock();
  const run = vi.fn(async () => ({
    ...{
      exitCode: 0,
      output: Buffer.from(`token-${run.mock.calls.length}\n`),
      complaint: '',
      isTooLong: false,
    },
  }));
  const commands = new PasswordCommands({ allowed: allowAll, clock, run });
  beforeEach(() => run.mockClear());

  it('is used again for as long as the data source says, and no longer', async () => {
    const ask = () => commands.passwordOf(commandOf(['token'], 600), fields, neverAborted);
    expect(await Promise.all([ask(), ask()])).toEqual(['token-1', 'token-1']);
    await clock.advance(599_000);
    expect(await ask()).toBe('token-1');
    await clock.advance(2_000);
    expect(await ask()).toBe('token-2');
    commands.forget(commandOf(['token'], 600), fields);
    expect(await ask()).toBe('token-3');
  });

  it('goes to no other address', async () => {
    await commands.passwordOf(commandOf(['other'], 600), fields, neverAborted);
    await commands.passwordOf(commandOf(['other'], 600), someFields({ host: 'evil.test' }), neverAborted);
    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe('whether a command may run', () => {
  const argv = ['aws', 'rds', 'generate-db-auth-token', '--hostname', 'db\u0007'];
  const signer = new TestSigner();
  const asked: Question[] = [];
  const allowedIn = (path: string, answer = true, by = signer) =>
    new AllowedCommands({
      ...{ path, signer: by, audit: { record: () => undefined }, logger: silentLogger },
      ask: async (question) => {
        asked.push(question);
        return answer;
      },
    });
  const consented = (allowed: AllowedCommands, words = argv, where = fields) =>
    allowed.withConsent(neverAborted, () => allowed.require(words, where));
  let path: string;
  beforeEach(() => {
    path = join(folder, 'allowed');
    asked.length = 0;
  });

  it('is asked once, word by word and with the address, and never in the background', async () => {
    const allowed = allowedIn(path);
    await expect(allowed.require(argv, fields)).rejects.toMatchObject({
      code: 'PASSWORD_COMMAND_NOT_ALLOWED',
    });
    await consented(allowed);
    await consented(allowed);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.detail).toContain('Program\n    aws\nArguments, one on each line\n    rds\n');
    expect(asked[0]?.detail).toContain('db.example.test, port 5432');
    // Kept for the next start.
    await allowedIn(path).require(argv, fields);
  });

  it('is asked again after any change of the command, or of where its output goes', async () => {
    await consented(allowedIn(path));
    const changed = [...argv.slice(0, -1), 'other'];
    await expect(allowedIn(path).require(changed, fields)).rejects.toThrow('not allowed');
    const elsewhere = someFields({ otherHosts: [{ host: 'evil.test', port: 5432 }] });
    await expect(allowedIn(path).require(argv, elsewhere)).rejects.toThrow('not allowed');
  });

  it('is not decided by whoever can write the file', async () => {
    const stranger = new TestSigner().signAnyway(
      'password-command',
      Buffer.from(commandKey(argv, fields), 'hex'),
    );
    await writeFile(path, `${commandKey(argv, fields)} 1 ${stranger.mac.toString('base64')}\n`);
    await expect(allowedIn(path).require(argv, fields)).rejects.toThrow('not allowed');
  });

  it('stays open when the person says no, and is kept in memory alone while no key is at hand', async () => {
    await expect(consented(allowedIn(path, false))).rejects.toThrow('not allowed');
    const locked = new TestSigner();
    locked.isLocked = true;
    const allowed = allowedIn(path, true, locked);
    await consented(allowed);
    await allowed.require(argv, fields);
    await expect(allowedIn(path).require(argv, fields)).rejects.toThrow('not allowed');
  });
});
