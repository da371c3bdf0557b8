import { createServer } from 'node:net';
import { demoHost } from '../demoDataSource.ts';

/** Ports below those that operating systems hand out to outgoing connections, so that one stays free between starts. */
const firstPort = 15_432;
const triedCount = 100;

/** The preferred port when it is free, else the first free one from 15432 on, else any that the system offers. */
export async function choosePort(preferred: number | null): Promise<number> {
  if (preferred !== null && (await freePort(preferred)) !== null) return preferred;
  for (let port = firstPort; port < firstPort + triedCount; port += 1) {
    if ((await freePort(port)) !== null) return port;
  }
  return (await freePort(0)) ?? firstPort;
}

/** The port if it can be listened on right now (0 stands for any), else null. */
function freePort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: demoHost, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
