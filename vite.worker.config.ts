import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The program runs under plain Node, with nothing beside it. */
const nothingOfTheDesktop: Plugin = {
  name: 'nothing-of-the-desktop',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const modules = chunk.type === 'chunk' ? chunk.moduleIds : [];
      const found = modules.find((id) => /\/node_modules\/(electron|@github\/keytar|keytar|better-sqlite3)/.test(id));
      if (found !== undefined) this.error(`mooring-worker does without ${found}.`);
    }
  },
};

/** Builds mooring-worker, with all packages that it needs, for Node 20 (see docs/workers.md). */
export default defineConfig({
  define: { WORKER_VERSION: JSON.stringify(version) },
  plugins: [nothingOfTheDesktop],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/main/headless/mooringWorker.ts',
    target: 'node20',
    outDir: 'out/worker',
    emptyOutDir: true,
    rollupOptions: {
      output: {
        format: 'es',
        entryFileNames: 'mooring-worker.mjs',
        chunkFileNames: 'chunks/[name]-[hash].mjs',
      },
    },
  },
});
