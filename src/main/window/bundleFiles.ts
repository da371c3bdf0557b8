import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** One file of the built page. */
export interface BundleFile {
  readonly path: string;
  readonly contentType: string;
}

/** What the page consists of. A file of another kind, such as a source map, is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Lists the built page once, as URL path → file. Requests are looked up here and never turned into a file name, so
 * that no spelling of `..` reaches another file.
 * @throws NodeJS.ErrnoException when the folder cannot be read
 */
export function listBundleFiles(folder: string): ReadonlyMap<string, BundleFile> {
  const files = new Map<string, BundleFile>();
  collect(folder, '', files);
  return files;
}

function collect(folder: string, urlPath: string, files: Map<string, BundleFile>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const entryUrlPath = `${urlPath}/${encodeURIComponent(entry.name)}`;
    const contentType = contentTypes[extname(entry.name)];
    if (entry.isDirectory()) collect(path, entryUrlPath, files);
    else if (entry.isFile() && contentType !== undefined) files.set(entryUrlPath, { path, contentType });
  }
}
