import { ActionIcon, Button, Menu, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { methodSchema } from '../../../shared/model/resources.ts';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { ReadOnlyMark } from '../../components/ReadOnlyMark.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import frame from '../../components/TabFrame.module.css';
import { type RequestForm, withPathParameters } from '../../lib/requestForms.ts';
import { requestsText as words } from '../../text/requests.ts';
import classes from './Request.module.css';

export interface RequestActions {
  readonly send: () => void;
  readonly cancel: () => void;
  readonly copyCurl: (withSecrets: boolean) => void;
  readonly pasteCurl: () => void;
  readonly saveAsResource: () => void;
}

interface RequestLineProps {
  readonly form: RequestForm;
  readonly isSending: boolean;
  /** Why it cannot be sent; null when it can. */
  readonly hindrance: string | null;
  readonly source: DataSource;
  readonly actions: RequestActions;
  readonly onChange: (change: Partial<RequestForm>) => void;
}

function MoreMenu({ actions, isRight }: { readonly actions: RequestActions; readonly isRight: boolean }) {
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon aria-label={words.more}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={actions.pasteCurl}>{words.pasteCurl}</Menu.Item>
        <Menu.Item disabled={!isRight} onClick={() => actions.copyCurl(false)}>
          {words.copyCurl}
        </Menu.Item>
        <Menu.Item disabled={!isRight} onClick={() => actions.copyCurl(true)}>
          {words.copyCurlWithSecrets}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={!isRight} onClick={actions.saveAsResource}>
          {words.saveAsResource}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Method, path and what can be done with the request. */
export function RequestLine(props: RequestLineProps & { readonly isRight: boolean }) {
  const { form, isSending, hindrance, source, actions, onChange, isRight } = props;
  return (
    <div className={`${frame.bar} ${classes.bar}`} data-environment={source.environment}>
      <span className={classes.source}>
        <h2 className={classes.sourceName}>{source.name}</h2>
        <EnvironmentBadge environment={source.environment} />
        {source.readOnly && <ReadOnlyMark />}
      </span>
      <NativeSelect
        size="xs"
        className={classes.method}
        aria-label={words.method}
        value={form.method}
        data={methodSchema.options}
        onChange={(event) => onChange({ method: methodSchema.parse(event.currentTarget.value) })}
      />
      <TextInput
        size="xs"
        className={classes.path}
        classNames={{ input: classes.mono ?? '' }}
        aria-label={words.path}
        title={words.pathHint}
        spellCheck={false}
        autoComplete="off"
        value={form.path}
        onChange={({ currentTarget: { value } }) =>
          onChange({ path: value, parameters: [...withPathParameters(form.parameters, value)] })
        }
      />
      <Tooltip
        label={hindrance ?? <ShortcutHint label={words.send} shortcut="Mod+Enter" />}
        disabled={isSending}
        multiline
        maw={300}
      >
        <Button
          size="xs"
          variant={isSending ? 'default' : 'filled'}
          {...(!isSending && hindrance !== null && { 'aria-disabled': true, 'data-disabled': true })}
          onClick={isSending ? actions.cancel : actions.send}
        >
          {isSending ? words.cancel : words.send}
        </Button>
      </Tooltip>
      <MoreMenu actions={actions} isRight={isRight} />
    </div>
  );
}
