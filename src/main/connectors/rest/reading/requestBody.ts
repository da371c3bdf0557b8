import { randomBytes } from 'node:crypto';
import type { RequestBody } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import type { OutgoingRequest } from '../ApiSession.ts';
import type { TemplateScope } from '../templates/TemplateScope.ts';
import { renderedJson, renderedText } from '../templates/template.ts';
import { encoded } from './requestUrl.ts';

type ReadFile = (path: string) => Promise<Buffer>;
type Multipart = Extract<RequestBody, { type: 'multipart' }>;

/** @throws INVALID_INPUT, FILE_FAILED, TOO_LARGE */
export async function builtBody(
  body: RequestBody,
  scope: TemplateScope,
  readFile: ReadFile,
): Promise<OutgoingRequest['body']> {
  switch (body.type) {
    case 'none':
      return null;
    case 'json':
      return {
        contentType: 'application/json',
        bytes: Buffer.from(validJson(renderedJson(body.text, scope))),
      };
    case 'form': {
      const pairs = body.fields.map(
        ({ name, value }) => `${encoded(name)}=${encoded(renderedText(value, scope))}`,
      );
      return { contentType: 'application/x-www-form-urlencoded', bytes: Buffer.from(pairs.join('&')) };
    }
    case 'multipart':
      return multipart(body, scope, readFile);
    case 'graphql': {
      const variables = body.variables.trim() === '' ? '{}' : validJson(renderedJson(body.variables, scope));
      const json = `{"query":${JSON.stringify(body.query)},"variables":${variables}}`;
      return { contentType: 'application/json', bytes: Buffer.from(json) };
    }
    case 'text':
      return {
        contentType: requireSafe(body.contentType === '' ? 'text/plain; charset=utf-8' : body.contentType),
        bytes: Buffer.from(renderedText(body.text, scope)),
      };
  }
}

/** Sent as it is written, so that digits and order stay. */
function validJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {
      title: 'The body is not valid JSON',
      detail: `With its values it is: ${text.length > 500 ? `${text.slice(0, 500)}…` : text}`,
      cause,
    });
  }
}

async function multipart({ parts }: Multipart, scope: TemplateScope, readFile: ReadFile) {
  const boundary = `mooring-${randomBytes(16).toString('hex')}`;
  const chunks: Buffer[] = [];
  for (const { name, contentType, content } of parts) {
    const isFile = content.type === 'file';
    const fileName = isFile ? `; filename="${quotable(content.path.split(/[\\/]/).at(-1) ?? '')}"` : '';
    const type = contentType === '' && isFile ? 'application/octet-stream' : contentType;
    const typeLine = type === '' ? '' : `Content-Type: ${requireSafe(type)}\r\n`;
    chunks.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"${fileName}\r\n${typeLine}\r\n`,
      ),
      isFile ? await readFile(content.path) : Buffer.from(renderedText(content.text, scope)),
      Buffer.from('\r\n'),
    );
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(chunks) };
}

/** As browsers write names in quotes. */
const quotable = (name: string): string =>
  name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

function requireSafe(contentType: string): string {
  if (/^[\x20-\x7e]+$/.test(contentType)) return contentType;
  throw new AppError('INVALID_INPUT', { title: 'The content type of the body cannot be sent' });
}
