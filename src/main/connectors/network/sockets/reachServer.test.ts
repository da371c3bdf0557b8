import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stage } from '../../../../shared/model/testReport.ts';
import { neverAborted } from '../../../base/abort.ts';
import { systemClock } from '../../../base/Clock.ts';
import { StageReporter } from '../StageReporter.ts';
import { reachServer } from './reachServer.ts';
import type { ReachStage } from './reachStages.ts';

let folder: string;
let server: Server;
let told: string[];
const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

const stages = () =>
  new StageReporter<ReachStage>('dns', systemClock, ({ name, outcome, note }: Stage) =>
    told.push(`${name} ${outcome} ${note ?? ''}`.trim()),
  );

async function listening(
  where: { readonly path: string } | { readonly port: number; readonly host: string },
) {
  server.listen(where);
  await once(server, 'listening');
  return server.address();
}

beforeEach(async () => {
  told = [];
  folder = await mkdtemp(path.join(tmpdir(), 'mooring-socket-'));
  server = createServer((socket) => socket.end());
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('reachServer', () => {
  it('looks a name up, then opens TCP, and tells both', async () => {
    const address = await listening({ port: 0, host: '127.0.0.1' });
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const place = { host: 'db.example.test', port };
    const reached = await reachServer(place, lookup, systemClock, stages(), neverAborted);
    reached.socket.destroy();
    expect(told).toEqual([
      'dns running',
      'dns ok 127.0.0.1',
      'tcp running',
      `tcp ok 127.0.0.1, port ${port}`,
    ]);
    expect(reached.address).toEqual({ address: '127.0.0.1', family: 4 });
  });

  it.skipIf(process.platform === 'win32')('opens a local socket, and opens it again', async () => {
    const place = { socketPath: path.join(folder, 'server.sock') };
    await listening({ path: place.socketPath });
    const reached = await reachServer(place, lookup, systemClock, stages(), neverAborted);
    const again = await reached.again(neverAborted);
    expect(told).toEqual(['socket running', `socket ok ${place.socketPath}`]);
    reached.socket.destroy();
    again.destroy();
  });

  it('tells which errno a local socket failed with, and gives up when it is aborted', async () => {
    const place = { socketPath: path.join(folder, 'nobody.sock') };
    const reach = (signal: AbortSignal) => reachServer(place, lookup, systemClock, stages(), signal);
    await expect(reach(neverAborted)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(reach(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
