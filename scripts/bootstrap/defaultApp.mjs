/**
 * The default app of the fallback runtime: as Electron's own, it opens the application folder named on the
 * command line. Packaged runtimes carry none, and `electron .` needs one.
 */

import { asarArchive } from './asarArchive.mjs';

const PACKAGE_JSON = JSON.stringify({
  name: 'electron',
  productName: 'Electron',
  type: 'module',
  main: 'main.js',
});

/** Runs inside Electron. A module, so that the `ready` event waits for the top-level await below. */
const MAIN = `
import { app } from 'electron/main';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const preloads = [];
let application;
const words = process.argv.slice(1);
while (words.length > 0 && application === undefined) {
  const word = words.shift();
  if (word === '-r' || word === '--require') preloads.push(words.shift());
  else if (word === '--version' || word === '-v') {
    console.log('v' + process.versions.electron);
    process.exit(0);
  } else if (!word.startsWith('-')) application = path.resolve(word);
}
if (application === undefined) {
  console.error('Name the application folder: electron <folder>');
  process.exit(1);
}

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
for (const preload of preloads) require(preload);

const manifest = path.join(application, 'package.json');
if (existsSync(manifest)) {
  const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  if (productName || name) app.setName(productName || name);
  app.setDesktopName?.(desktopName || app.getName() + '.desktop');
  app.setAppPath(application);
} else {
  app.setAppPath(path.dirname(application));
}
try {
  await import(pathToFileURL(require.resolve(application)).href);
} catch (error) {
  console.error('The application failed while it was loaded:', error);
  process.exit(1);
}
`;

/** @returns {Buffer} the contents of resources/default_app.asar */
export function defaultAppArchive() {
  return asarArchive({ 'package.json': PACKAGE_JSON, 'main.js': MAIN });
}
