import { AppError, type AppErrorDetails } from '../../../base/AppError.ts';
import type { HeaderLines } from '../HeaderLines.ts';

const mask = '•••';
/** A shorter one is in every text, and to hide it there would tell it. */
const minLength = 4;
/** Headers whose value is a secret, whoever has put it there. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** Keeps the secrets of a connection out of everything that people and logs see. */
export class Redactor {
  /** As they are and as they are written in URLs, JSON and headers; the longest first. */
  #forms: readonly string[] = [];

  add(secret: string | null): void {
    if (secret === null || secret.length < minLength || this.#forms.includes(secret)) return;
    const forms = [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
    ];
    const all = new Set([...this.#forms, ...forms]);
    this.#forms = [...all].toSorted((left, right) => right.length - left.length);
  }

  holds(text: string): boolean {
    return this.#forms.some((form) => text.includes(form));
  }

  text(text: string): string {
    return this.#forms.reduce((clean, form) => clean.replaceAll(form, mask), text);
  }

  /** @param others names, in lower case, of further headers whose value is a secret */
  headers(lines: HeaderLines, others: ReadonlySet<string> = new Set()): HeaderLines {
    return lines.map(([name, value]) => {
      const key = name.toLowerCase();
      if (secretHeaders.has(key)) return [name, maskedLogin(value)];
      return [name, others.has(key) ? mask : this.text(value)];
    });
  }

  /** The same error without the secrets; one that has none stays as it is. */
  error(error: unknown): unknown {
    if (!(error instanceof AppError) || !this.holds(rawText(error))) return error;
    const { code, message, detail, causes, fixes, driverCode, retryable, retryAfterMs } = error;
    const details: AppErrorDetails = {
      title: this.text(message),
      detail: this.text(detail),
      causes: causes.map((text) => this.text(text)),
      fixes: fixes.map((text) => this.text(text)),
      ...{ driverCode, retryable },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
    return new AppError(code, details);
  }
}

/** The scheme of a log-in is no secret: `Bearer •••`. */
const maskedLogin = (value: string): string => {
  const scheme = /^(?:Basic|Bearer|Digest|Token) /i.exec(value)?.[0] ?? '';
  return `${scheme}${mask}`;
};

function rawText(error: AppError): string {
  const { message, detail, causes, fixes, cause } = error;
  const inner = cause instanceof Error ? [cause.message, { ...cause }, String(cause.cause ?? '')] : cause;
  return JSON.stringify([message, detail, causes, fixes, inner]) ?? '';
}
