import { defineConfig } from 'vitest/config';

/** The unit tests. A file of their own, because the mutation tests run these alone. */
export default defineConfig({
  cacheDir: process.env.MOORING_VITE_CACHE ?? 'node_modules/.vite',
  test: {
    name: 'unit',
    include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
    environment: 'node',
    // The vault's tests make keys with Argon2, which a busy machine does slowly.
    testTimeout: 20_000,
  },
});
