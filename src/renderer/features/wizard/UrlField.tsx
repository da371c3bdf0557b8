import { Button, TextInput } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { useWizard, wizardActions } from './wizard.ts';

/** Takes a connection URL apart into the fields below. What was pasted does not stay: it may hold the password. */
export function UrlField() {
  const { url, original } = useWizard();
  const { setUrl, fillFromUrl } = wizardActions();
  const inputRef = useRef<HTMLInputElement>(null);
  const fill = () => {
    fillFromUrl(url.text);
    // The button is disabled now and would take the keyboard with it.
    inputRef.current?.focus();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    if (url.text !== '') return;
    event.preventDefault();
    fillFromUrl(event.clipboardData.getData('text'));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || url.text === '') return;
    // Enter in an empty field saves, as in every other.
    event.preventDefault();
    fill();
  };
  const outcome = url.notes === null ? wizardText.urlHint : [wizardText.urlFilled, ...url.notes].join(' ');
  return (
    <TextInput
      ref={inputRef}
      className={classes.wide}
      label={wizardText.url}
      placeholder={wizardText.urlPlaceholder}
      description={outcome}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      inputContainer={(input) => (
        <div className={classes.url}>
          {input}
          <Button variant="default" onClick={fill} disabled={url.text === ''}>
            {wizardText.urlFill}
          </Button>
        </div>
      )}
      error={url.problem === null ? null : `${url.problem.message} ${url.problem.hint}`}
      value={url.text}
      onChange={(event) => setUrl(event.currentTarget.value)}
      onPaste={onPaste}
      onKeyDown={onKeyDown}
      spellCheck={false}
      autoComplete="off"
      data-autofocus={original === null || undefined}
    />
  );
}
