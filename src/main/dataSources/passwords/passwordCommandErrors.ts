import { commandText } from '../../../shared/engines/commandLine.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import { AppError } from '../../base/AppError.ts';
import { cleanText } from '../../base/cleanText.ts';
import { systemCodeOf } from '../../base/files/fileErrors.ts';

const maxComplaintLength = 500;
const maxProgramLength = 100;

/** A command that nobody has allowed yet. It carries what the person is asked about. */
export class PasswordCommandNotAllowed extends AppError {
  readonly argv: readonly string[];
  readonly fields: EndpointFields;

  constructor(argv: readonly string[], fields: EndpointFields) {
    super('PASSWORD_COMMAND_NOT_ALLOWED', {
      title: 'The command for the password is not allowed to run yet',
      detail: `Mooring runs a command only after you have seen it and allowed it. Not run: ${cleanText(commandText(argv), maxComplaintLength)}`,
      causes: [
        'The command, or the address that its output goes to, is new or was changed.',
        'The data source was imported, or connects in the background, where nobody is asked.',
      ],
      fixes: ['Connect by hand, or test the connection, and allow the command in the question that appears.'],
    });
    this.argv = argv;
    this.fields = fields;
  }
}

const nameOf = ([program = '']: readonly string[]): string => cleanText(program, maxProgramLength);

export const commandNotStarted = (argv: readonly string[], cause: unknown): AppError => {
  const code = systemCodeOf(cause);
  const isMissing = code === 'ENOENT';
  return new AppError('PASSWORD_COMMAND_FAILED', {
    title: isMissing
      ? `The program ${nameOf(argv)} for the password was not found`
      : `The program ${nameOf(argv)} for the password could not be started`,
    causes: isMissing
      ? ['It is not installed, or not in a folder of the PATH that Mooring was started with.']
      : ['You may not run it, or it is a script that only a shell can start.'],
    fixes: [
      'Enter the whole path of the program.',
      'Run the command in a terminal to see whether it works there.',
    ],
    driverCode: code,
    cause,
  });
};

/** It ended with an error. The network that it needs may be there later. */
export const commandFailed = (
  argv: readonly string[],
  exitCode: number | null,
  complaint: string,
): AppError =>
  new AppError('PASSWORD_COMMAND_FAILED', {
    title: `The command ${nameOf(argv)} for the password failed`,
    detail: cleanText(complaint, maxComplaintLength) || 'It gave no reason.',
    causes: [
      exitCode === null ? 'It was ended by the system.' : `It ended with exit code ${exitCode}.`,
      'Its own sign-in may have expired, or the network is not there.',
    ],
    fixes: [
      'Sign in with the program itself in a terminal, then try again.',
      'Check the command in the details.',
    ],
    retryable: true,
  });

export const commandTooSlow = (argv: readonly string[], limitMs: number): AppError =>
  new AppError('PASSWORD_COMMAND_FAILED', {
    title: `The command ${nameOf(argv)} gave no password within ${limitMs / 1_000} s`,
    causes: [
      'It waits for a person or a browser, which it cannot reach from here.',
      'The network is slow or not there.',
    ],
    fixes: ['Run it in a terminal to see what it waits for.'],
    retryable: true,
  });

export const outputUnusable = (argv: readonly string[], why: string): AppError =>
  new AppError('PASSWORD_COMMAND_FAILED', {
    title: `The output of ${nameOf(argv)} is not a password`,
    detail: why,
    fixes: ['Let the command print the password alone, on one line, such as with --output tsv or --query.'],
  });
