import type { Page } from '@playwright/test';
import { claim } from './claim.ts';

/**
 * Runs an attack from a timer of the page and tells what came of it. Straight out of `page.evaluate` it would run
 * with the rights of the debugger, for which the page's policy does not hold.
 */
const attack = (page: Page, source: string): Promise<string> =>
  page.evaluate(
    (code) =>
      new Promise<string>((resolve) => {
        const attacks: Record<string, () => unknown> = {
          // biome-ignore lint/security/noGlobalEval: whether this runs is the question
          eval: () => globalThis.eval('40 + 2'),
          newFunction: () => new Function('return 42')(),
          markup: () => {
            document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.wasHit = true">');
          },
          script: () => {
            const script = document.createElement('script');
            script.append('window.wasHit = true');
            document.body.append(script);
          },
          dataScript: () => {
            const script = document.createElement('script');
            script.setAttribute('src', 'data:text/javascript,window.wasHit=true');
            document.body.append(script);
          },
          newPolicy: () => {
            const types = (
              window as unknown as { trustedTypes: { createPolicy(...args: unknown[]): unknown } }
            ).trustedTypes;
            types.createPolicy('mine', { createHTML: (text: string) => text });
          },
          base: () => {
            const base = document.createElement('base');
            base.href = 'https://example.com/';
            document.head.append(base);
            const { host } = new URL('x', document.baseURI);
            base.remove();
            return host === 'example.com' ? 42 : 'refused';
          },
        };
        setTimeout(() => {
          Object.assign(window, { wasHit: false });
          const report = (outcome: unknown) =>
            setTimeout(() => {
              const { wasHit } = window as unknown as { wasHit?: boolean };
              resolve(wasHit || outcome === 42 ? 'ran' : String(outcome ?? 'did not run'));
            }, 300);
          try {
            report(attacks[code]?.());
          } catch (error) {
            report((error as Error).name);
          }
        });
      }),
    source,
  );

const attackClaim = (title: string, source: string, inMooring: string, inWeakApp = 'ran') =>
  claim(title, { probe: ({ page }) => attack(page, source), inMooring, inWeakApp });

attackClaim('E5 no text becomes code by eval', 'eval', 'EvalError');
attackClaim('E5 no text becomes code by the Function constructor', 'newFunction', 'EvalError');
attackClaim('E6 no event handler in markup runs', 'markup', 'TypeError');
attackClaim('E7 no script element with text runs', 'script', 'TypeError');
attackClaim('E7 no script element with a data address runs', 'dataScript', 'TypeError');
attackClaim('E7 no script makes a Trusted Types policy of its own', 'newPolicy', 'TypeError', 'did not run');
attackClaim('E7 nothing redirects the relative addresses of the page', 'base', 'refused');
