import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const { version, license }: { version: string; license: string } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const entry = 'mooring-worker.mjs';
/** The folder of the package that a module is of. */
const packagePattern = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** What a computer with nothing but Node installs: a package without dependencies, with the licences of its parts. */
const workerPackage: Plugin = {
  name: 'worker-package',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
    const folders = modules
      .map((id) => packagePattern.exec(id)?.[0])
      .filter((folder) => folder !== undefined);
    const packages = [...new Set(folders)].sort().map((folder) => ({ folder, ...manifestOf(folder) }));
    const unfit = packages.find(({ name }) => /electron|keytar|sqlite/.test(name));
    if (unfit !== undefined) this.error(`mooring-worker runs without ${unfit.name}.`);
    const manifest = {
      ...{ name: 'mooring-worker', version, license, type: 'module', private: true },
      ...{ bin: { 'mooring-worker': entry }, engines: { node: '>=20.18.1' } },
    };
    const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
    emit('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
    emit('THIRD-PARTY-LICENSES.txt', packages.map(licenceOf).join('\n\n'));
  },
};

interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

function manifestOf(folder: string): Omit<BundledPackage, 'folder'> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function licenceOf({ folder, name, version, license }: BundledPackage): string {
  const file = readdirSync(folder).find((fileName) => /^licen[cs]e/i.test(fileName));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}`;
}

/** Builds mooring-worker, with all packages that it needs, for Node 20 (see docs/workers.md). */
export default defineConfig({
  // Packages of CommonJS look for files beside themselves; in a module this is its name.
  define: { WORKER_VERSION: JSON.stringify(version), __dirname: 'import.meta.dirname' },
  plugins: [workerPackage],
  publicDir: 'resources/worker',
  ssr: { noExternal: true },
  build: {
    ssr: 'src/main/headless/mooringWorker.ts',
    copyPublicDir: true,
    target: 'node20',
    outDir: 'dist/worker',
    emptyOutDir: true,
    rollupOptions: {
      // Optional native parts of ssh2, which does without them where they cannot be loaded: they cannot be in a bundle.
      external: [/^cpu-features$/, /\.node$/],
      output: {
        format: 'es',
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
        entryFileNames: entry,
        chunkFileNames: 'chunks/[name]-[hash].mjs',
      },
    },
  },
});
