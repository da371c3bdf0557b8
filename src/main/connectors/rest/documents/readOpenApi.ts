import type { ApiDocument } from '../../../../shared/model/requests.ts';
import { maxResources } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import { isObject, type JsonObject, objectIn, textIn } from './JsonTree.ts';
import { linkParents } from './linkParents.ts';
import { DistinctNames } from './names.ts';
import { References, UnusablePart } from './References.ts';
import { type DocumentOperation, readOperation, type WrittenOperation } from './readOperation.ts';
import { readSecurity } from './readSecurity.ts';
import { readServers } from './readServers.ts';
import { SchemaReader } from './SchemaReader.ts';

/** As many as a document may offer; a data source takes fewer of them. */
const maxOperations = 2_000;
const maxWarnings = 50;

/**
 * What an OpenAPI 3.0 or 3.1 document offers.
 * @param content of the document, as it was parsed
 * @param from where it was loaded; null when that is not known
 * @throws IMPORT_INVALID, IMPORT_TOO_NEW
 */
export function readOpenApi(content: unknown, from: URL | null): ApiDocument {
  const root = checkedRoot(content);
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(warning);
  const references = new References(root);
  const servers = readServers(root, from, warn);
  const base = servers[0]?.defaultUrl ?? from?.href ?? null;
  const operations = readOperations(root, references, warn);
  const info = objectIn(root, 'info') ?? {};
  return {
    title: textIn(info, 'title', 500),
    version: textIn(info, 'version', 100),
    servers,
    authentication: readSecurity(root, references, base, warn),
    operations,
    warnings: warnings.slice(0, maxWarnings),
  };
}

function readOperations(
  root: JsonObject,
  references: References,
  warn: (warning: string) => void,
): DocumentOperation[] {
  const reader = new SchemaReader(references);
  const names = new DistinctNames();
  const found: DocumentOperation[] = [];
  for (const written of operationsIn(root, references, warn)) {
    const read = readOperation(references, reader, written);
    if (read === null) continue;
    const { group, name } = read.resource;
    found.push({ ...read, resource: { ...read.resource, name: names.in(group, name) } });
    if (found.length === maxOperations) {
      warn(`The document has more than ${maxOperations} operations; the others were left out.`);
      break;
    }
  }
  if (found.length === 0) warn('The document describes no request that answers JSON.');
  if (found.length > maxResources) warn(`A data source can have ${maxResources} of these resources.`);
  return linkParents(found);
}

/** Those that can be sources of records, in the order of the document. */
function* operationsIn(
  root: JsonObject,
  references: References,
  warn: (warning: string) => void,
): Generator<WrittenOperation> {
  for (const [path, item] of Object.entries(objectIn(root, 'paths') ?? {})) {
    if (!path.startsWith('/') || path.length > 4_000 || path.includes('{{')) continue;
    const pathItem = itemOf(item, references, warn);
    for (const [key, method] of [
      ['get', 'GET'],
      ['post', 'POST'],
    ] as const) {
      const operation = pathItem === null ? null : objectIn(pathItem, key);
      if (pathItem !== null && operation !== null) yield { path, method, pathItem, operation };
    }
  }
}

function itemOf(item: unknown, references: References, warn: (warning: string) => void): JsonObject | null {
  try {
    return references.resolve(item);
  } catch (error) {
    if (!(error instanceof UnusablePart)) throw error;
    warn(`A path cannot be read. ${error.message}`);
    return null;
  }
}

/** @throws IMPORT_INVALID, IMPORT_TOO_NEW */
function checkedRoot(content: unknown): JsonObject {
  if (!isObject(content)) throw notOpenApi();
  const swagger = textIn(content, 'swagger', 20);
  if (swagger !== '') {
    throw new AppError('IMPORT_INVALID', {
      title: 'This document is OpenAPI 2.0 (Swagger), which Mooring does not read',
      detail: 'Mooring reads OpenAPI 3.0 and 3.1.',
      fixes: [
        'Ask the provider of the API for an OpenAPI 3 document: many offer both.',
        'Convert it, for example with swagger2openapi or at editor.swagger.io, then import it again.',
      ],
    });
  }
  const version = textIn(content, 'openapi', 20);
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) throw notOpenApi();
  if (Number(major) > 3 || (major === '3' && Number(minor) > 1)) {
    throw new AppError('IMPORT_TOO_NEW', {
      title: `This document is OpenAPI ${version}, which this version of Mooring does not know`,
      detail: 'Mooring reads OpenAPI 3.0 and 3.1.',
      fixes: ['Update Mooring, or ask for a document in OpenAPI 3.1.'],
    });
  }
  if (major !== '3') throw notOpenApi();
  return content;
}

const notOpenApi = () =>
  new AppError('IMPORT_INVALID', {
    title: 'This is not an OpenAPI document',
    detail: 'Its member “openapi” should name version 3.0 or 3.1.',
    fixes: ['Choose the file that is often called openapi.json or openapi.yaml.'],
  });
