import { z } from 'zod';
import { draftSchema, obtainedIdSchema } from '../model/dataSource.ts';
import {
  answerSchema,
  apiDocumentSchema,
  curlInputSchema,
  documentInputSchema,
  previewInputSchema,
  resourcePreviewSchema,
  saveResourcesInputSchema,
  sendInputSchema,
} from '../model/requests.ts';
import { resourcesSchema } from '../model/resources.ts';
import { savedFileSchema } from '../model/results.ts';
import { requestFacts } from './auditedCall.ts';
import { audited, type CallDefinition, call, nothing } from './callDefinition.ts';

/** As large as a data source with all of its resources may be. */
export const resourcesMaxBytes = 8 * 1024 * 1024;
const documentMaxBytes = 64 * 1024 * 1024;

/** The calls about APIs: what they have to read, and requests that people send. */
export const resourceCalls = {
  /** Asks a draft's API for the first page of a resource as it is edited. */
  'resources.preview': call(previewInputSchema, resourcePreviewSchema, { maxBytes: resourcesMaxBytes }),
  /** Reads an OpenAPI document. Null when the person closed the dialog. */
  'resources.readDocument': call(documentInputSchema, apiDocumentSchema.nullable(), {
    maxBytes: documentMaxBytes,
  }),
  /** Saves resources as a file that people can read and change. Null when the person closed the dialog. */
  'resources.saveFile': call(saveResourcesInputSchema, savedFileSchema, { maxBytes: resourcesMaxBytes }),
  /** Null when the person closed the dialog. */
  'resources.openFile': call(nothing, resourcesSchema.nullable()),

  /** Sends a request of a person. One that may change something is audited, and refused on a read-only data source. */
  'requests.send': audited(call(sendInputSchema, answerSchema, { maxBytes: resourcesMaxBytes }), {
    operation: 'request.sent',
    facts: requestFacts,
  }),
  /** Puts it on the clipboard as a curl command. */
  'requests.copyCurl': audited(call(curlInputSchema, z.strictObject({ copied: z.boolean() })), {
    operation: 'request.copied',
    facts: ({ id, withSecrets }, output) => ({
      subject: id,
      details: { withSecrets },
      ...(output?.copied === false && { outcome: 'CANCELLED' }),
    }),
  }),
  /**
   * Signs in at the server of a draft in the system's browser. What comes back stays in main, until the draft is saved
   * or tested with the secret `{ type: 'obtained', id }`.
   */
  'requests.signIn': call(
    z.strictObject({ draft: draftSchema }),
    z.strictObject({ field: z.string().max(40), id: obtainedIdSchema, expiresAt: z.number().nullable() }),
    { maxBytes: resourcesMaxBytes },
  ),
} as const satisfies Record<string, CallDefinition>;
