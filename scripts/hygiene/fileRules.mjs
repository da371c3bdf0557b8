/** How long a file may be, and what it may not be called. */

const LIMITS = [
  { files: /\.test\.tsx?$/, lines: 600 },
  { files: /^src\/renderer\/.*\.tsx$/, lines: 250 },
  { files: /\.(tsx?|mjs|cjs)$/, lines: 400 },
];
/** A file is named after its one idea; these name none. */
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|commons?|misc|shared|stuff)\.\w+$/i;

/**
 * @param {string} file relative to the project, with forward slashes
 * @param {string} text
 * @returns {string[]} one line a breach
 */
export function fileBreaches(file, text) {
  const breaches = [];
  const limit = LIMITS.find(({ files }) => files.test(file))?.lines ?? Number.POSITIVE_INFINITY;
  const lines = text.trimEnd().split('\n').length;
  if (lines > limit) breaches.push(`${file} has ${lines} lines; the limit is ${limit}: split it by idea`);
  if (EMPTY_NAMES.test(file)) breaches.push(`${file} is named after no idea`);
  return breaches;
}
