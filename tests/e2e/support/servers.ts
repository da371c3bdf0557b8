import { createServer, type Server } from 'node:net';

/** A port of this computer that nobody listens on. */
export async function closedPort(): Promise<number> {
  const { server, port } = await listen(createServer());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Takes connections and never says a word; `closed` settles when its first client is gone. */
export async function silentServer() {
  let gone: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('close', gone);
    socket.resume();
  });
  return { ...(await listen(server)), closed };
}

async function listen(server: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { server, port: address.port };
}
