/**
 * Module hooks of register.mjs: .ts files lose their types on loading; all else is Node's. The compiler takes a second to
 * load, so what it made is kept in the temporary folder, under a name that any change of source or compiler changes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compilerOptions = { verbatimModuleSyntax: true, inlineSourceMap: true, inlineSources: true };
const compiler = readFileSync(new URL('../../../node_modules/typescript/package.json', import.meta.url));
const folder = join(tmpdir(), `mooring-typescript-${process.getuid?.() ?? 'user'}`);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const fileName = fileURLToPath(url);
  const code = readFileSync(fileName, 'utf8');
  const key = createHash('sha256').update(compiler).update(fileName).update(code).digest('hex');
  const kept = join(folder, `${key}.mjs`);
  const source = textOf(kept) ?? keep(kept, await withoutTypes(code, fileName));
  return { format: 'module', source, shortCircuit: true };
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Put in place whole: other processes load the same file at the same moment.
 * @param {string} path
 * @param {string} text
 */
function keep(path, text) {
  const unfinished = `${path}.${process.pid}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
  return text;
}

/**
 * @param {string} code
 * @param {string} fileName
 */
async function withoutTypes(code, fileName) {
  const { default: typeScript } = await import('typescript');
  const { ModuleKind, ScriptTarget, transpileModule } = typeScript;
  const options = { ...compilerOptions, module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  return transpileModule(code, { compilerOptions: options, fileName }).outputText;
}
