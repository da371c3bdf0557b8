/** Commands of curl as requests: what the window does with one that a person pasted. */
export type { CurlAuth } from '../curl/curlAuth.ts';
export { type ReadCurl, type RefusedCurl, readCurl } from '../curl/readCurl.ts';
export { isAtBaseUrl, requestOfCurl, resourceOfCurl } from '../curl/requestOfCurl.ts';
export { isCurl } from '../curl/splitCurl.ts';
