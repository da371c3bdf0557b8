import { Button, FileButton, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { maxQueuePasswordLength, type QueueStatus } from '../../../shared/model/queueSettings.ts';
import { maxAuthorityLength } from '../../../shared/model/tls.ts';
import { queueText as words } from '../../text/queue.ts';
import { keepsPassword, problemsIn, type QueueForm } from './queueForm.ts';
import classes from './Settings.module.css';

interface QueueFieldsProps {
  readonly form: QueueForm;
  readonly status: QueueStatus;
  readonly onChange: (change: Partial<QueueForm>) => void;
}

/** The server that keeps the queue, and how to log in there. */
export function QueueFields({ form, status, onChange }: QueueFieldsProps) {
  const problems = problemsIn(form);
  const isRedis = form.type === 'redis';
  const kind = isRedis ? 'redis' : 'postgres';
  const typing = { spellCheck: false, autoComplete: 'off' } as const;
  return (
    <>
      <div className={classes.queuePlace}>
        <TextInput
          {...typing}
          label={words.host}
          value={form.host}
          maxLength={255}
          error={form.host !== '' && problems.has('host') && words.hostInvalid}
          onChange={({ currentTarget: { value } }) => onChange({ host: value })}
        />
        <TextInput
          label={words.port}
          inputMode="numeric"
          value={form.port}
          maxLength={5}
          error={problems.has('port') && words.portInvalid}
          onChange={({ currentTarget: { value } }) => onChange({ port: value })}
        />
      </div>
      <div className={classes.headerFields}>
        <TextInput
          {...typing}
          label={words.user}
          description={isRedis ? words.userHint : undefined}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={form.user}
          maxLength={128}
          onChange={({ currentTarget: { value } }) => onChange({ user: value })}
        />
        <TextInput
          {...typing}
          label={words.database[kind]}
          value={form.database}
          maxLength={128}
          error={form.database !== '' && problems.has('database') && words.databaseInvalid[kind]}
          onChange={({ currentTarget: { value } }) => onChange({ database: value })}
        />
      </div>
      <PasswordField form={form} status={status} onChange={onChange} />
      <Switch
        label={words.tls}
        description={words.tlsHint}
        checked={form.isVerified}
        onChange={({ currentTarget: { checked } }) => onChange({ isVerified: checked })}
      />
      {form.isVerified && (
        <AuthorityField pem={form.caPem} isWrong={problems.has('caPem')} onChange={onChange} />
      )}
    </>
  );
}

function PasswordField({ form, status, onChange }: QueueFieldsProps) {
  const isKept = keepsPassword(form, status);
  const isElsewhere = status.hasPassword && !isKept && !form.dropsPassword && form.password === '';
  return (
    <div className={classes.queuePassword}>
      <PasswordInput
        label={words.password}
        placeholder={isKept ? words.passwordKept : ''}
        description={isElsewhere ? words.passwordOfOtherPlace : undefined}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="off"
        maxLength={maxQueuePasswordLength}
        value={form.password}
        onChange={({ currentTarget: { value } }) => onChange({ password: value })}
      />
      {isKept && form.password === '' && (
        <Button variant="subtle" onClick={() => onChange({ dropsPassword: true })}>
          {words.removePassword}
        </Button>
      )}
    </div>
  );
}

interface AuthorityFieldProps {
  readonly pem: string;
  readonly isWrong: boolean;
  readonly onChange: (change: Pick<QueueForm, 'caPem'>) => void;
}

function AuthorityField({ pem, isWrong, onChange }: AuthorityFieldProps) {
  const take = async (file: File | null): Promise<void> => {
    // One that is too large, or cannot be read, is no certificate either.
    const isFit = file !== null && file.size <= maxAuthorityLength;
    if (file !== null) onChange({ caPem: isFit ? await file.text().catch(() => '?') : '?' });
  };
  return (
    <>
      <Textarea
        label={words.authority}
        description={words.authorityHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={isWrong && words.authorityInvalid}
        classNames={{ input: classes.certificate }}
        rows={2}
        spellCheck={false}
        value={pem}
        onChange={({ currentTarget: { value } }) => onChange({ caPem: value })}
      />
      <FileButton accept=".pem,.crt,.cer,.ca-bundle" onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} variant="default" size="xs" className={classes.action}>
            {words.chooseAuthority}
          </Button>
        )}
      </FileButton>
    </>
  );
}
