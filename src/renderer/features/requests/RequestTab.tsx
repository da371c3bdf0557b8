import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { ApiRequest } from '../../../shared/model/requests.ts';
import { safeMethods } from '../../../shared/model/resources.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import frame from '../../components/TabFrame.module.css';
import { call } from '../../lib/api.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { type RequestForm, requestOf } from '../../lib/requestForms.ts';
import { requestsText as words } from '../../text/requests.ts';
import { useDataSource } from '../connections/index.ts';
import { resourceActions } from '../resources/index.tsx';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import { withVault } from '../vault/index.ts';
import { AnswerPane } from './AnswerPane.tsx';
import { CurlWindow } from './CurlWindow.tsx';
import classes from './Request.module.css';
import { RequestFields } from './RequestFields.tsx';
import { type RequestActions, RequestLine } from './RequestLine.tsx';
import { beginRequest, requestForms } from './requestForms.ts';
import { resourceOfRequest } from './resourceOfRequest.ts';
import { useSending } from './useSending.ts';

async function copyCurl(id: string, request: ApiRequest, withSecrets: boolean): Promise<void> {
  const copy = () => call('requests.copyCurl', { id, what: { type: 'request', request }, withSecrets });
  try {
    const { copied } = await (withSecrets ? withVault(copy) : copy());
    if (copied) notifyDone(withSecrets ? words.curlCopiedWithSecrets : words.curlCopied);
  } catch (error) {
    notifyFailure(error);
  }
}

/** Why a request cannot be sent; null when it can. */
function hindranceOf(form: RequestForm, request: ApiRequest | null, { readOnly }: DataSource): string | null {
  if (readOnly && !safeMethods.has(form.method)) return words.readOnly;
  if (request === null) return words.invalid;
  const missing = request.parameters.find(({ isRequired, value }) => isRequired && value.trim() === '');
  return missing === undefined ? null : words.missing(missing.name);
}

function useSendCommand(send: () => void, isActive: boolean): void {
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'request.send',
        title: words.send,
        group: 'source',
        shortcut: 'mod+Enter',
        run: () => latest.current(),
      },
    ],
    [],
  );
  useCommands(commands, isActive);
}

interface RequestPanesProps extends TabContentProps<'request'> {
  readonly source: DataSource;
  readonly form: RequestForm;
  readonly onForm: (form: RequestForm) => void;
}

/** A request above, its answer below. */
function RequestPanes({ tab, isActive, source, form, onForm }: RequestPanesProps) {
  const [asked, setAsked] = useState<ApiRequest | null>(null);
  const [isPasting, setIsPasting] = useState(false);
  const { send, cancel, ...sending } = useSending(source.id);
  const request = useMemo(() => requestOf(form), [form]);
  const hindrance = hindranceOf(form, request, source);
  const change = (changed: Partial<RequestForm>) => {
    const next = { ...form, ...changed };
    onForm(next);
    const title = `${next.method} ${next.path}`.slice(0, 200);
    if (title !== tab.title) tabsStore.getState().patch(tab.id, { title });
  };
  const actions: RequestActions = {
    send: () => {
      if (request === null || hindrance !== null) return;
      if (safeMethods.has(request.method)) send(request);
      else setAsked(request);
    },
    cancel,
    copyCurl: (withSecrets) => {
      if (request !== null) void copyCurl(source.id, request, withSecrets);
    },
    pasteCurl: () => setIsPasting(true),
    saveAsResource: () => {
      if (request !== null) resourceActions.createFrom(source.id, resourceOfRequest(request));
    },
  };
  useSendCommand(actions.send, isActive);
  return (
    <>
      <RequestLine
        form={form}
        isSending={sending.isSending}
        hindrance={hindrance}
        isRight={request !== null}
        source={source}
        actions={actions}
        onChange={change}
      />
      <div className={classes.panes}>
        <section className={classes.request} aria-label={words.requestPane}>
          <RequestFields form={form} onChange={change} />
        </section>
        <AnswerPane {...sending} />
      </div>
      <ConfirmDialog
        opened={asked !== null}
        title={words.question.title(asked?.method ?? form.method, source.name)}
        message={words.question.message}
        quote={`${form.method} ${form.path}`}
        confirmLabel={words.question.confirm(asked?.method ?? form.method)}
        onConfirm={() => {
          setAsked(null);
          if (asked !== null) send(asked);
        }}
        onCancel={() => setAsked(null)}
      />
      <CurlWindow
        opened={isPasting}
        engine={source.engine}
        onTake={(taken) => change(taken)}
        onClose={() => setIsPasting(false)}
      />
    </>
  );
}

/** A tab in which a single request is written and sent, and its answer looked at. */
export function RequestTab(props: TabContentProps<'request'>) {
  const { tab } = props;
  const source = useDataSource(tab.sourceId)?.dataSource;
  const { form, set } = useStore(requestForms.of(tab.id, beginRequest));
  if (source === undefined) return null;
  return (
    <section className={frame.tab} aria-label={tab.title}>
      {form !== null && <RequestPanes {...props} source={source} form={form} onForm={set} />}
    </section>
  );
}
