import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { claim, test } from './claim.ts';

/** A real server: an address that cannot be reached fails in every app. */
let server: Server;
let requestedPaths: Set<string>;

test.beforeEach(async () => {
  requestedPaths = new Set();
  server = createServer((request, response) => {
    requestedPaths.add(request.url ?? '');
    response.end();
  });
  server.on('upgrade', (request, socket) => {
    requestedPaths.add(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Tries every way a page has to reach a server, and gives them the time which the weak app needs for them. */
async function reach(page: Page): Promise<string[]> {
  const { port } = server.address() as AddressInfo;
  await page.evaluate(async (host) => {
    const element = (name: string, attributes: Record<string, string>) => {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        try {
          made.setAttribute(key, value);
        } catch {
          // Trusted Types refuse some of these; that is one of the ways to be safe.
        }
      }
      document.body.append(made);
    };
    const attempts = [
      () => fetch(`http://${host}/fetch`, { mode: 'no-cors' }),
      () => navigator.sendBeacon(`http://${host}/beacon`, 'x'),
      () => new WebSocket(`ws://${host}/socket`),
      () => new EventSource(`http://${host}/events`),
      () => element('img', { src: `http://${host}/image` }),
      () => element('link', { rel: 'stylesheet', href: `http://${host}/style` }),
      () => element('link', { rel: 'prefetch', href: `http://${host}/prefetch` }),
      () => element('iframe', { src: `http://${host}/frame` }),
      () => element('object', { data: `http://${host}/object` }),
      () => element('script', { src: `http://${host}/script` }),
      () => element('video', { src: `http://${host}/video` }),
    ];
    for (const attempt of attempts) {
      await new Promise<void>((resolve) =>
        setTimeout(async () => {
          try {
            await attempt();
          } catch {
            // Refused in the page; the server is the witness.
          }
          resolve();
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }, `127.0.0.1:${port}`);
  return [...requestedPaths].toSorted();
}

claim('E8 nothing in the page reaches the network', {
  probe: ({ page }) => reach(page),
  changes: 'page',
  inMooring: [] as string[],
  inWeakApp: [
    '/beacon',
    '/events',
    '/fetch',
    '/frame',
    '/image',
    '/object',
    '/prefetch',
    '/script',
    '/socket',
    '/style',
    '/video',
  ],
});
