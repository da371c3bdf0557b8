type Directives = readonly (readonly [name: string, value: string])[];

/**
 * The policy of the built page: its own scripts, its own styles and the style elements that carry the nonce of this
 * load; no eval, no inline script, no other origin. Markup from text is refused by Trusted Types unless the page's
 * `default` policy lets it pass.
 */
export function contentSecurityPolicy(nonce: string): string {
  return join([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', `'self' 'nonce-${nonce}'`],
    ['img-src', "'self' data:"],
    ['font-src', "'self'"],
    ['connect-src', "'self'"],
    ['worker-src', "'self'"],
    ['object-src', "'none'"],
    ['frame-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'default'],
  ]);
}

/** The policy of the development server's page, which is hot-reloaded by inline scripts over a web socket. */
export function devContentSecurityPolicy(devServerOrigin: string): string {
  const socketOrigin = devServerOrigin.replace(/^http/, 'ws');
  return join([
    ['default-src', "'none'"],
    ['script-src', "'self' 'unsafe-inline'"],
    ['style-src', "'self' 'unsafe-inline'"],
    ['img-src', "'self' data:"],
    ['font-src', "'self' data:"],
    ['connect-src', `'self' ${socketOrigin}`],
    ['worker-src', "'self' blob:"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
  ]);
}

/** Features of the device that no page of ours uses: off in the page too, not only where the session is asked. */
export const permissionsPolicy = [
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'geolocation',
  'hid',
  'local-fonts',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

function join(directives: Directives): string {
  return directives.map(([name, value]) => `${name} ${value}`).join('; ');
}
