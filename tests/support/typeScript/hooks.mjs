/** Module hooks of register.mjs: .ts files lose their types on loading; all else is Node's. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import typeScript from 'typescript';

const compilerOptions = {
  module: typeScript.ModuleKind.ESNext,
  target: typeScript.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
  inlineSourceMap: true,
  inlineSources: true,
};

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const fileName = fileURLToPath(url);
  const source = await readFile(fileName, 'utf8');
  const { outputText } = typeScript.transpileModule(source, { compilerOptions, fileName });
  return { format: 'module', source: outputText, shortCircuit: true };
}
