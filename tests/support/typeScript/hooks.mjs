/** Module hooks of register.mjs: .ts files lose their types on loading; all else is Node's. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The compiler that Vite brings along: TypeScript's own takes many times as long for the modules of a worker. */
const fromVite = createRequire(createRequire(import.meta.url).resolve('vite/package.json'));
const { transform } = await import(pathToFileURL(fromVite.resolve('rolldown/utils')).href);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const fileName = fileURLToPath(url);
  const options = { lang: 'ts', typescript: { onlyRemoveTypeImports: true } };
  const { code: source, errors } = await transform(fileName, await readFile(fileName, 'utf8'), options);
  if (errors.length > 0) throw new SyntaxError(`${fileName}: ${errors.map(String).join('\n')}`);
  return { format: 'module', source, shortCircuit: true };
}
