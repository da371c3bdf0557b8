/** The part of the Trusted Types API that is used here; TypeScript's DOM library does not have it. */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string | null }): unknown;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypePolicyFactory;
  }
}

/** Lets style sheets pass and refuses everything that could hold an element. */
export function allowOnlyTextWithoutTags(text: string): string | null {
  return text.includes('<') ? null : text;
}

/**
 * Installs the page's one policy. Mantine hands its style sheets to React as inner HTML, which the window's content
 * security policy refuses without a policy named `default`. Nothing may be drawn before this has run.
 */
export function installTrustedTypes(): void {
  window.trustedTypes?.createPolicy('default', { createHTML: allowOnlyTextWithoutTags });
}
