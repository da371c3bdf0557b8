import { defineConfig } from 'vitest/config';

/** The unit tests. A file of their own, because the mutation tests run these alone. */
export default defineConfig({
  cacheDir: process.env.MOORING_VITE_CACHE ?? 'node_modules/.vite',
  test: {
    name: 'unit',
    include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
    environment: 'node',
    // A fresh thread for each of the 260 files costs three times what the tests cost. So a file gives back what it
    // changes of what all share; globals come back by themselves.
    pool: 'threads',
    isolate: false,
    unstubGlobals: true,
    // The vault's tests make keys with Argon2, which a busy machine does slowly.
    testTimeout: 20_000,
  },
});
