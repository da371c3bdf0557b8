import { Anchor, Button, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type ClipboardEvent, type KeyboardEvent as ReactKeyboardEvent, useRef } from 'react';
import { engineText } from '../../text/engines/index.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './ConnectionTextField.module.css';
import { isJustFilled } from './connectionTextState.ts';
import { useWizard, wizardActions } from './wizard.ts';

const words = wizardText.connectionText;

/** What came of the last text: how it was read, what was left out, and the way back. */
function Outcome({ onUndo }: { onUndo: () => void }) {
  const { connectionText, form } = useWizard();
  const { filled, problem } = connectionText;
  if (problem !== null) return null;
  if (filled === null) return engineText(form.kind).connectionText.hint;
  return (
    <>
      {words.readAs(filled.form)}{' '}
      <Anchor component="button" type="button" size="xs" onClick={onUndo}>
        {words.undo}
      </Anchor>
      {filled.remarks.map((remark) => (
        <span key={remark} className={classes.remark}>
          {remark}
        </span>
      ))}
    </>
  );
}

/** Ctrl+Z right after a text was filled in takes all of it back; later it is the undo of the field with the focus. */
function useUndoKey(): void {
  const onKey = (event: KeyboardEvent) => {
    const { wizard, undoFill } = wizardActions();
    if (wizard === null || !isJustFilled(wizard)) return;
    event.preventDefault();
    undoFill();
  };
  useHotkeys([['mod+Z', onKey, { preventDefault: false }]], []);
}

/**
 * Takes a connection apart into the fields below, in whatever spelling it is pasted. What was pasted does not stay: it
 * may hold the password.
 */
export function ConnectionTextField() {
  const { connectionText, original, form } = useWizard();
  const { text, problem } = connectionText;
  const { setConnectionText, fillFromText, undoFill } = wizardActions();
  useUndoKey();
  const inputRef = useRef<HTMLInputElement>(null);
  const fill = () => {
    fillFromText(text);
    // The button is disabled now and would take the keyboard with it.
    inputRef.current?.focus();
  };
  const undo = () => {
    undoFill();
    inputRef.current?.focus();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    if (text !== '') return;
    event.preventDefault();
    fillFromText(event.clipboardData.getData('text'));
  };
  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || text === '') return;
    // Enter in an empty field saves, as in every other.
    event.preventDefault();
    fill();
  };
  return (
    <TextInput
      ref={inputRef}
      className={classes.line}
      label={words.label}
      placeholder={engineText(form.kind).connectionText.placeholder}
      description={<Outcome onUndo={undo} />}
      descriptionProps={{ component: 'div', role: 'status' }}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      inputContainer={(input) => (
        <div className={classes.input}>
          {input}
          <Button variant="default" onClick={fill} disabled={text === ''}>
            {words.fill}
          </Button>
        </div>
      )}
      error={problem === null ? null : `${problem.message}. ${problem.hint}`}
      value={text}
      onChange={(event) => setConnectionText(event.currentTarget.value)}
      onPaste={onPaste}
      onKeyDown={onKeyDown}
      spellCheck={false}
      autoComplete="off"
      data-autofocus={original === null || undefined}
    />
  );
}
