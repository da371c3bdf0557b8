import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningApp } from '../support/launchApp.ts';
import { claim, test } from './claim.ts';

let server: Server;

test.beforeEach(async () => {
  server = createServer((_request, response) => response.end('elsewhere'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const elsewhere = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const windowCount = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** The origin of the main frame once a navigation had time to happen. */
const originAfter = async ({ app, page }: RunningApp, act: (url: string) => void): Promise<string> => {
  await page.evaluate(act, elsewhere()).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const origin = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.origin,
  );
  return origin?.startsWith('http:') ? 'elsewhere' : String(origin);
};

claim('E10 the page opens no windows', {
  probe: async (running) => {
    const opened = await running.page.evaluate(
      (url) => [window.open(url), window.open('about:blank')].map((handle) => handle !== null),
      elsewhere(),
    );
    return { opened, windowCount: await windowCount(running) };
  },
  changes: 'page',
  inMooring: { opened: [false, false], windowCount: 1 },
  inWeakApp: { opened: [true, true], windowCount: 3 },
});

const navigations: Record<string, (url: string) => void> = {
  'by its location': (url) => {
    location.href = url;
  },
  'by a link': (url) => {
    const link = document.createElement('a');
    link.href = url;
    document.body.append(link);
    link.click();
  },
  'by a form': (url) => {
    const form = document.createElement('form');
    form.action = url;
    document.body.append(form);
    form.submit();
  },
  'by a refresh of the document': (url) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0;url=${url}`;
    document.head.append(meta);
  },
};

for (const [how, act] of Object.entries(navigations)) {
  claim(`E11 the page does not leave ${how}`, {
    probe: (running) => originAfter(running, act),
    changes: 'page',
    inMooring: 'app://bundle',
    inWeakApp: 'elsewhere',
  });
}

claim('E11 no frame in the page loads another page', {
  probe: ({ app, page }) =>
    page
      .evaluate(async (url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }, elsewhere())
      .then(() =>
        app.evaluate(
          ({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.frames.filter(({ origin }) =>
              origin.startsWith('http:'),
            ).length,
        ),
      ),
  changes: 'page',
  inMooring: 0,
  inWeakApp: 1,
});

claim('E16 the page downloads nothing', {
  probe: async ({ app, page }) => {
    await app.evaluate(({ session }) => {
      const seen = globalThis as { wasPrevented?: boolean };
      // After the app's own listener; the weak app must not ask where to save.
      session.defaultSession.on('will-download', (event, item) => {
        seen.wasPrevented = event.defaultPrevented;
        item.setSavePath('/dev/null');
      });
    });
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'data:text/plain,loot';
      link.download = 'loot.txt';
      document.body.append(link);
      link.click();
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return app.evaluate(() => (globalThis as { wasPrevented?: boolean }).wasPrevented);
  },
  changes: 'page',
  inMooring: true as boolean | undefined,
  inWeakApp: false,
});
