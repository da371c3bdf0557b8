import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface TestServers {
  readonly mariadb?: { readonly server: string; readonly installer: string };
  readonly mysql?: { readonly command: readonly string[]; readonly version: string };
  readonly prometheus?: { readonly server: string; readonly promtool: string };
  readonly redis?: { readonly server: string };
  readonly ssh?: { readonly server: string };
  readonly templates: string;
}

/** What the bootstrap has installed. */
export async function resolveTestServers(): Promise<TestServers> {
  const root = join(import.meta.dirname, '..', '..');
  const script = pathToFileURL(join(root, 'scripts', 'bootstrap.mjs')).href;
  const bootstrap: { resolveTestServers(): TestServers } = await import(script);
  return bootstrap.resolveTestServers();
}
