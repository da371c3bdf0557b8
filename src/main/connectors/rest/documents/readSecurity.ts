import type { RestFieldKey } from '../../../../shared/engines/rest/authFields.ts';
import { isObject, type JsonObject, listIn, memberOf, objectIn, textIn, valueText } from './JsonTree.ts';
import { type References, UnusablePart } from './References.ts';

type FieldValues = Partial<Record<RestFieldKey, string>>;

/**
 * How a document says that one logs in, as values for the form's fields. Of several ways the first one that Mooring knows.
 * @param base what addresses in the document are relative to; null when that is not known
 * @param warn hears of ways that are not known
 */
export function readSecurity(
  root: JsonObject,
  references: References,
  base: string | null,
  warn: (warning: string) => void,
): Record<string, string> | null {
  const schemes = objectIn(objectIn(root, 'components'), 'securitySchemes') ?? {};
  const wanted = requirementsOf(root).filter(({ name }) => Object.hasOwn(schemes, name));
  const asked = wanted.length > 0 ? wanted : Object.keys(schemes).map((name) => ({ name, scopes: '' }));
  if (asked.length === 0) return null;
  for (const { name, scopes } of asked) {
    const values = valuesOf(resolved(references, schemes[name]), scopes, base);
    if (values !== null) return values;
  }
  warn('The document describes a way to log in that Mooring does not know. Choose one yourself.');
  return null;
}

/** What the document as a whole asks for, or the first operation that asks for anything. */
function requirementsOf(root: JsonObject): { readonly name: string; readonly scopes: string }[] {
  const items = Object.values(objectIn(root, 'paths') ?? {}).filter(isObject);
  const operations = items.flatMap((item) => Object.values(item).filter(isObject));
  const requirements = [root, ...operations].map((owner) => listIn(owner, 'security').filter(isObject));
  const first = requirements.find((list) => list.some((one) => Object.keys(one).length > 0)) ?? [];
  return first.flatMap((one) =>
    Object.keys(one).map((name) => ({
      name,
      scopes: valueText(one[name]).replace(/\s+/g, ' ').slice(0, 2_000),
    })),
  );
}

function valuesOf(scheme: JsonObject, scopes: string, base: string | null): FieldValues | null {
  switch (textIn(scheme, 'type', 30)) {
    case 'apiKey':
      return keyValues(scheme);
    case 'http':
      return httpValues(scheme);
    case 'oauth2':
      return oauthValues(objectIn(scheme, 'flows') ?? {}, scopes, base);
    case 'openIdConnect':
      return { auth: 'bearer' };
    default:
      return null;
  }
}

function resolved(references: References, written: unknown): JsonObject {
  try {
    return references.resolve(written);
  } catch (error) {
    if (error instanceof UnusablePart) return {};
    throw error;
  }
}

function keyValues(scheme: JsonObject): FieldValues | null {
  const place = textIn(scheme, 'in', 20);
  const name = textIn(scheme, 'name', 200);
  if ((place !== 'header' && place !== 'query') || name === '') return null;
  return { auth: 'api-key', keyPlace: place, keyName: name };
}

function httpValues(scheme: JsonObject): FieldValues | null {
  const name = textIn(scheme, 'scheme', 30).toLowerCase();
  return name === 'basic' || name === 'bearer' ? { auth: name } : null;
}

function oauthValues(flows: JsonObject, scopes: string, base: string | null): FieldValues | null {
  const code = objectIn(flows, 'authorizationCode');
  const client = objectIn(flows, 'clientCredentials');
  const flow = code ?? client;
  // A token of the two flows that are left is one that a person gets elsewhere and pastes.
  if (flow === null) return { auth: 'bearer' };
  return {
    auth: code === null ? 'oauth-client' : 'oauth-code',
    tokenUrl: addressIn(flow, 'tokenUrl', base),
    scopes,
    ...(code !== null && { authorizationUrl: addressIn(flow, 'authorizationUrl', base) }),
  };
}

function addressIn(flow: JsonObject, key: string, base: string | null): string {
  const text = memberOf(flow, key);
  if (typeof text !== 'string' || !URL.canParse(text, base ?? undefined)) return '';
  const url = new URL(text, base ?? undefined);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : '';
}
