import { claim } from './claim.ts';

/** All of them lead out of the folder of the page in a handler that joins paths. */
const escapes = [
  `app://bundle/${'..%2f'.repeat(12)}etc/hostname`,
  'app://bundle/..%2fclaim.ts',
  'app://bundle/preload.cjs',
  'app://elsewhere/index.html',
];

claim('E9 the scheme of the page serves no other file', {
  probe: async ({ app }) =>
    app.evaluate(async ({ net }, urls) => {
      const served: string[] = [];
      for (const url of urls) {
        try {
          const response = await net.fetch(url);
          if (response.ok && (await response.text()) !== '') served.push(url);
        } catch {
          // No answer at all: not served.
        }
      }
      return served;
    }, escapes),
  inMooring: [] as string[],
  inWeakApp: escapes,
});

claim('E9 the page itself cannot read files by their address', {
  probe: ({ page }) =>
    page.evaluate(async () => {
      const read = async (url: string) => (await fetch(url)).text();
      const text = await read('file:///etc/hostname').catch((error: Error) => error.name);
      return text.length > 0 && text !== 'TypeError' ? 'read' : text;
    }),
  inMooring: 'TypeError',
  inWeakApp: 'read',
});
