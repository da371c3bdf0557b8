import type { z } from 'zod';
import { resourcesOf } from '../../shared/engines/engines.ts';
import type { EngineSettings } from '../../shared/engines/settings.ts';
import type { DataSource, Draft } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  Answer,
  ApiDocument,
  ApiRequest,
  curlInputSchema,
  documentInputSchema,
  previewInputSchema,
  ResourcePreview,
  saveResourcesInputSchema,
  sendInputSchema,
} from '../../shared/model/requests.ts';
import type { Resource } from '../../shared/model/resources.ts';
import type { SavedFile } from '../../shared/model/results.ts';
import type { RelationRef } from '../../shared/model/schemaTree.ts';
import { AppError, cancelledError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { readWhole } from '../base/files/readWhole.ts';
import type { Ask } from '../base/Question.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Connector, ConnectTarget } from '../connectors/Connector.ts';
import type { OpenInBrowser, RequestTools } from '../connectors/RequestTools.ts';
import type { FileDialogs } from '../results/FileDialogs.ts';
import type { ResultFiles } from '../results/Results.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../sessions/connectWithDeadline.ts';
import { readResourceFile, resourceFileText } from './resourceFile.ts';

/** No document of an API is larger; GitHub's has 12 MB. */
const maxDocumentBytes = 60 * 1024 * 1024;

export interface RequestServiceOptions {
  readonly factory: Pick<ConnectionFactory, 'connect' | 'connectorFor'>;
  readonly manager: Pick<ConnectionManager, 'withConnection' | 'connectorFor'>;
  readonly targets: ConnectTargets;
  readonly find: (id: string) => DataSource | null;
  /** Where a secret waits for its draft to be saved. */
  readonly obtained: { keep(endpoint: Draft['fields'], field: string, value: string): string };
  readonly files: ResultFiles;
  readonly dialogs: FileDialogs;
  readonly clipboard: { copyText(text: string): Promise<void>; copySecretText(text: string): Promise<void> };
  readonly openInBrowser: OpenInBrowser;
  readonly ask: Ask;
  readonly clock: Clock;
}

/** What people do with APIs beside reading their rows: resources while they are described, and single requests. */
export class RequestService {
  readonly #options: RequestServiceOptions;

  constructor(options: RequestServiceOptions) {
    this.#options = options;
  }

  /** @throws why the draft cannot be connected to */
  async preview(
    { draft, resource }: z.infer<typeof previewInputSchema>,
    signal: AbortSignal,
  ): Promise<ResourcePreview> {
    const tools = this.#toolsOf(draft);
    return this.#withDraft(draft, signal, (connection) => tools.preview(connection, resource, { signal }));
  }

  /**
   * Files of this computer leave it only after a question that main itself asks: their paths come from the window.
   * @throws CANCELLED when the person said no; as the request fails
   */
  async send({ id, request }: z.infer<typeof sendInputSchema>, signal: AbortSignal): Promise<Answer> {
    const paths = filesOf(request);
    if (paths.length > 0 && !(await this.#mayLeave(id, paths, signal))) throw cancelledError();
    return this.#options.manager.withConnection(id, signal, (connection, connector) =>
      requireTools(connector).send(connection, request, { signal }),
    );
  }

  #mayLeave(id: DataSourceId, paths: readonly string[], signal: AbortSignal): Promise<boolean> {
    const name = this.#options.find(id)?.name ?? '';
    const what = paths.length === 1 ? 'this file' : `these ${paths.length} files`;
    const question = `Send ${what} to “${name}”?`;
    return this.#options.ask({ question, detail: paths.join('\n'), confirmLabel: 'Send' }, signal);
  }

  /** @returns false when the person said no */
  async copyCurl(
    { id, what, withSecrets }: z.infer<typeof curlInputSchema>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { ask, clipboard, find, targets } = this.#options;
    const dataSource = find(id);
    if (dataSource === null) throw new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
    const question = {
      question: `Copy the request to “${dataSource.name}” with its secrets?`,
      detail:
        'Any program can read the clipboard, and a clipboard manager may keep its contents. Mooring removes the command after one minute.',
      confirmLabel: 'Copy with secrets',
    };
    if (withSecrets && !(await ask(question, signal))) return false;
    const { engine, secret } = withSecrets
      ? await targets.forDataSource(dataSource, signal)
      : { engine: dataSource.engine, secret: null };
    const subject = what.type === 'request' ? what.request : resourceOf(engine, what.relation);
    const command = await this.#toolsOf({ fields: dataSource }).curlOf(engine.config, subject, secret);
    await (withSecrets ? clipboard.copySecretText(command) : clipboard.copyText(command));
    return true;
  }

  /** @throws as `RequestTools.signIn` */
  async signIn(draft: Draft, signal: AbortSignal) {
    const { openInBrowser, obtained, targets } = this.#options;
    const { engine, secret } = await targets.forDraft(withoutObtained(draft), signal);
    const found = await this.#toolsOf(draft).signIn(engine.config, { signal, openInBrowser, secret });
    const id = obtained.keep(draft.fields, found.field, found.value);
    return { field: found.field, id, expiresAt: found.expiresAt };
  }

  /** @returns null when the person closed the dialog */
  async readDocument(
    { kind, from }: z.infer<typeof documentInputSchema>,
    signal: AbortSignal,
  ): Promise<ApiDocument | null> {
    const tools = requireTools(this.#options.factory.connectorFor(kind));
    switch (from.type) {
      case 'text':
        return tools.readDocument(from.text, null, signal);
      case 'url': {
        const url = addressOf(from.url);
        return tools.readDocument(await tools.loadDocument(url, signal), url, signal);
      }
      case 'file': {
        const text = await this.#chosenText(['json', 'yaml', 'yml']);
        return text === null ? null : tools.readDocument(text, null, signal);
      }
    }
  }

  /** @returns null when the person closed the dialog */
  async saveFile({ resources, suggestedName }: z.infer<typeof saveResourcesInputSchema>): Promise<SavedFile> {
    const file = await this.#options.files.create(suggestedName, 'json');
    if (file === null) return null;
    const bytes = Buffer.from(resourceFileText(resources));
    try {
      await file.write(bytes);
      await file.finish();
    } catch (error) {
      await file.abandon();
      throw error;
    }
    return { fileName: file.fileName, rowCount: resources.length, byteCount: bytes.length };
  }

  /** @returns null when the person closed the dialog. @throws IMPORT_INVALID, IMPORT_TOO_NEW, FILE_FAILED */
  async openFile(): Promise<Resource[] | null> {
    const text = await this.#chosenText(['json']);
    return text === null ? null : readResourceFile(text);
  }

  /** The text of a file that the person chooses; null when they choose none. @throws TOO_LARGE, FILE_FAILED */
  async #chosenText(extensions: readonly string[]): Promise<string | null> {
    const path = await this.#options.dialogs.chooseSource(extensions);
    return path === null ? null : (await readWhole(path, maxDocumentBytes)).toString('utf8');
  }

  #toolsOf({ fields }: { readonly fields: Pick<DataSource, 'engine'> }): RequestTools {
    return requireTools(this.#options.factory.connectorFor(fields.engine.kind));
  }

  async #withDraft<Value>(
    draft: Draft,
    signal: AbortSignal,
    work: (connection: Connection) => Promise<Value>,
  ): Promise<Value> {
    const { clock, factory, targets } = this.#options;
    const target: ConnectTarget = await targets.forDraft(draft, signal);
    const connection = await connectWithDeadline(factory, target, clock, { signal });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}

/** What an earlier sign-in has left is replaced by this one, and may be for other settings. */
function withoutObtained({ secrets, ...draft }: Draft): Draft {
  const others = Object.entries(secrets).filter(([, { type }]) => type !== 'obtained');
  return { ...draft, secrets: Object.fromEntries(others) };
}

/** @throws INVALID_INPUT */
function addressOf(text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new AppError('INVALID_INPUT', {
    title: 'The address of the document cannot be read',
    fixes: ['It should begin with https:// or http://.'],
  });
}

function filesOf({ body }: ApiRequest): string[] {
  const contents = body.type === 'multipart' ? body.parts.map(({ content }) => content) : [];
  return contents.flatMap((content) => (content.type === 'file' ? [content.path] : []));
}

function requireTools({ requests }: Pick<Connector, 'requests'>): RequestTools {
  if (requests !== null) return requests;
  throw new AppError('UNSUPPORTED', { title: 'This data source takes no single requests' });
}

function resourceOf(engine: EngineSettings, { schema, name }: RelationRef): Resource {
  const found = resourcesOf(engine)?.find((resource) => resource.group === schema && resource.name === name);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', { title: 'This resource no longer exists' });
}
