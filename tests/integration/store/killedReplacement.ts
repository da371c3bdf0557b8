/**
 * Replaces the store of the folder given by a backup (empty: by nothing), and kills itself before the step with the
 * number given. Steps are those that can be seen after a kill: each new folder, each change of a name, and the removal
 * of the marker.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', backup = '', killBefore = ''] = process.argv.slice(2);
let stepCount = 0;
for (const name of ['renameSync', 'mkdirSync', 'rmSync'] as const) {
  const original: (...values: never[]) => unknown = fs[name];
  const wrapped = (...values: never[]): unknown => {
    const isStep = name !== 'rmSync' || String(values[0]).endsWith('.created');
    if (isStep && stepCount === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
    if (isStep) stepCount += 1;
    return original(...values);
  };
  Object.assign(fs, { [name]: wrapped });
}
syncBuiltinESMExports();

const { replaceStore } = await import('../../../src/main/store/replaceStore.ts');
await replaceStore({ folder, wallMs: Date.UTC(2026, 0, 2), backup: backup === '' ? null : backup });
