import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { callNames } from './src/shared/ipc/contract.ts';
import { eventNames } from './src/shared/ipc/events.ts';
import { streamNames } from './src/shared/ipc/streams.ts';

/** The frame in index.html is painted without waiting for style sheets that stand behind it. */
const styleSheetsLast: Plugin = {
  name: 'style-sheets-last',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const links = html.match(/^ *<link rel="stylesheet".*\n/gm) ?? [];
      const without = links.reduce((text, link) => text.replace(link, ''), html);
      return without.replace('  </body>', `${links.join('')}  </body>`);
    },
  },
};

/** One import of a schema by value brings the whole library along, and each start pays for it. */
const noSchemasAtFirst: Plugin = {
  name: 'no-schemas-at-first',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const schemas = chunk.type === 'chunk' && chunk.name === 'first' ? chunk.moduleIds : [];
      const found = schemas.find((id) => /\/zod\/.*\/schemas\.js$/.test(id));
      if (found !== undefined) this.error(`The first screen does without schemas, but has ${found}.`);
    }
  },
};

/** OpenTelemetry is loaded when the first spans are sent: nobody else pays for it. */
const tracingOnDemand: Plugin = {
  name: 'tracing-on-demand',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const isLoaded = chunk.type === 'chunk' && chunk.name !== 'otlpJson';
      const found = isLoaded ? chunk.moduleIds.find((id) => id.includes('/otlp-transformer/')) : undefined;
      if (found !== undefined) this.error(`Tracing is loaded on demand, but ${chunk.fileName} has ${found}.`);
    }
  },
};

/** The oldest runtime is Electron 33: Node 20.18, Chrome 130 (see docs/development.md). */
export default defineConfig({
  main: {
    plugins: [tracingOnDemand],
    build: {
      target: 'node20',
      outDir: 'out/main',
      // Part of the bundle: as packages of many small files they take most of the start.
      externalizeDeps: { exclude: ['electron-log', 'pg', 'prom-client', 'zod'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          keychainHelper: 'src/main/vault/keychain/keychainHelper.ts',
          documentWorker: 'src/main/connectors/rest/documents/documentWorker.ts',
          syncWorker: 'src/main/sync/worker/syncWorker.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    // Names alone, without the schemas.
    define: {
      CALL_NAMES: JSON.stringify(callNames),
      EVENT_NAMES: JSON.stringify(eventNames),
      STREAM_NAMES: JSON.stringify(streamNames),
    },
    build: {
      target: 'node20',
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload is CommonJS and one file.
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), styleSheetsLast, noSchemasAtFirst],
    build: {
      target: 'chrome130',
      outDir: 'out/renderer',
      // The bridge between scripts and Trusted Types is ours; no inline polyfill.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      minify: true,
      rollupOptions: {
        input: { index: 'src/renderer/index.html' },
        // What the first screen needs is one file: each is a request that main answers while it is busy with the start.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
        // Features and components do nothing when they are imported: what the first screen does not use stays out of it.
        treeshake: { moduleSideEffects: (id) => !/\/(features|components)\/[^?]*\.tsx?$/.test(id) },
      },
    },
  },
});
