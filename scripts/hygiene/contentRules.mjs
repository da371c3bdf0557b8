/** What the product's sources never say, and the few files that may. Comments and tests are not read. */

import { readdirSync } from 'node:fs';
import { inProject } from '../bootstrap/project.mjs';

/** The kinds of engines: the folders in which they live. */
const ENGINES = readdirSync(inProject('src', 'shared', 'engines'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const ENGINE_FOLDERS = ENGINES.map((name) => `shared/engines/${name}|main/connectors/${name}`).join('|');

/** @typedef {{ what: string, pattern: RegExp, allowed?: RegExp }} ContentRule */

/** @type {ContentRule[]} */
const CONTENT_RULES = [
  {
    what: 'Handlers are registered only at the door (ipcMain.handle, ipcMain.on)',
    pattern: /\bipcMain\s*(\?\.|\.|\[)/,
    allowed: /^src\/main\/ipc\/(IpcServer|StreamServer)\.ts$/,
  },
  {
    what: 'ipcMain is known only to the door and to the entry that hands it over',
    pattern: /\bipcMain\b/,
    allowed: /^src\/main\/(index\.ts|ipc\/[^/]+\.ts)$/,
  },
  {
    what: 'Links are opened only by safeOpenExternal',
    pattern: /\bopenExternal\b/,
    allowed: /^src\/main\/window\/safeOpenExternal\.ts$/,
  },
  { what: 'ipcRenderer stays in the preload', pattern: /\bipcRenderer\b/, allowed: /^src\/preload\// },
  {
    what: 'window.api is read only in src/renderer/lib',
    pattern: /\b(window|globalThis|self)\s*(\?\.|\.)\s*api\b|\b(window|globalThis|self)\s*\[\s*['"`]api/,
    allowed: /^src\/renderer\/lib\//,
  },
  {
    what: 'An engine is named only in its own folders, its words and the registries; ask for a capability instead',
    pattern: new RegExp(`postgres|mysql|mariadb|['"/](?:${ENGINES.join('|')})['"/]`, 'i'),
    allowed: new RegExp(
      `^src/(?:(?:${ENGINE_FOLDERS}|main/demo|main/embedded|main/sync/queue|renderer/text)/|shared/engines/(?:settings|engines|codecs|sqlLanguages|sqlWords)\\.ts|main/connectors/ConnectionFactory\\.ts|shared/model/queueSettings\\.ts|renderer/features/settings/(?:queueForm|QueueFields)\\.tsx?|renderer/icons/EngineIcon\\.tsx)`,
    ),
  },
  { what: 'No file URLs: the window is served by its own scheme', pattern: /\bfile:\/\// },
  {
    what: 'No HTML from text',
    pattern: /\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|dangerouslySetInnerHTML)\b|\bdocument\.write/,
  },
  { what: 'No code from text', pattern: /\beval\s*\(|\bnew Function\s*\(/ },
  {
    what: 'The locks of the window stay shut',
    pattern:
      /\b(sandbox|contextIsolation|webSecurity)\s*:\s*false\b|\b(nodeIntegration\w*|webviewTag|allowRunningInsecureContent)\s*:\s*true\b|\bno-sandbox\b/,
  },
];

/**
 * @param {string} file relative to the project, with forward slashes
 * @param {string} text
 * @returns {string[]} one line a breach
 */
export function contentBreaches(file, text) {
  if (!file.startsWith('src/') || /\.test\.tsx?$/.test(file)) return [];
  const lines = withoutComments(text).split('\n');
  return CONTENT_RULES.filter((rule) => !rule.allowed?.test(file)).flatMap((rule) =>
    lines.flatMap((line, index) => (rule.pattern.test(line) ? [`${file}:${index + 1} ${rule.what}`] : [])),
  );
}

/** Blanks comments and keeps the lines. The slashes of an address ("app://") do not begin a comment. @param {string} text */
function withoutComments(text) {
  const blank = (comment) => comment.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/.*$/gm, blank);
}
