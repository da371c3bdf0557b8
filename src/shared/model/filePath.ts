import { plainText } from './fieldText.ts';

/** Longest path of a file, in characters (PATH_MAX of Linux). */
const maxPathLength = 4_096;

/**
 * The path of a file that main reads: absolute, or one that begins with `~/`.
 * @param what its name in messages, such as `Key file`
 */
export const filePathSchema = (what: string) =>
  plainText(what)
    .min(1, { error: `${what} is required` })
    .max(maxPathLength, { error: `${what} is longer than ${maxPathLength} characters` })
    .refine((path) => /^(?:~[/\\]|\/|[A-Za-z]:[/\\]|\\\\)/.test(path), {
      error: `${what} must be an absolute path, or begin with ~/`,
    });
