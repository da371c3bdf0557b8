import { readCurl } from '../../../shared/curl/readCurl.ts';
import { isAtBaseUrl, resourceOfCurl } from '../../../shared/curl/requestOfCurl.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { ApiDocument } from '../../../shared/model/requests.ts';
import { resourcesText } from '../../text/resources.ts';

const words = resourcesText.import;

const refused = (title: string, fix: string): { ok: false; error: ErrorDto } => ({
  ok: false,
  error: {
    ...{ code: 'IMPORT_INVALID', title, detail: '', causes: [], fixes: [fix] },
    ...{ driverCode: null, retryable: false, correlationId: null },
  },
});

/** A pasted command in the place of a document: the one operation that it asks for. */
export function documentOfCurl(
  text: string,
  baseUrl: string,
): { readonly ok: true; readonly document: ApiDocument } | { readonly ok: false; readonly error: ErrorDto } {
  const read = readCurl(text);
  if (!read.ok) return refused(read.message, read.hint);
  const resource = resourceOfCurl(read, baseUrl);
  if (resource === null) return refused(words.curlMethod(read.method), words.curlMethodFix);
  const isElsewhere = !isAtBaseUrl(read, baseUrl);
  const { origin } = new URL(read.url);
  return {
    ok: true,
    document: {
      title: words.curl,
      version: '',
      servers: isElsewhere ? [{ url: origin, defaultUrl: origin, description: '', variables: [] }] : [],
      authentication: null,
      operations: [{ resource, warnings: [...read.warnings], isLikely: true }],
      warnings: [
        ...(read.auth === null ? [] : [words.curlLogin]),
        // Before there is an address, the command says where the API is.
        ...(isElsewhere && URL.canParse(baseUrl) ? [words.curlOtherHost] : []),
      ],
    },
  };
}
