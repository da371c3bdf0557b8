import { SegmentedControl, TextInput } from '@mantine/core';
import { IconCopy, IconSearch, IconTextWrap } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Answer } from '../../../shared/model/requests.ts';
import { prettyJsonText } from '../../lib/prettyJson.ts';
import { requestsText } from '../../text/requests.ts';
import { useCopyText } from '../Clipboard.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { IconButton } from '../IconButton.tsx';
import { Notice } from '../Notice.tsx';
import { TextValue } from '../values/TextValue.tsx';
import { TreeValue } from '../values/TreeValue.tsx';
import { readJson } from '../values/valueTree.ts';
import classes from './Answer.module.css';

const words = requestsText.answer;
const forms = ['pretty', 'tree', 'raw'] as const;
type Form = (typeof forms)[number];

interface FormedBodyProps {
  readonly body: string;
  readonly isCut: boolean;
  readonly form: Form;
  readonly wraps: boolean;
  readonly search: string;
  readonly at: number;
  readonly onCounted: (count: number) => void;
}

function FormedBody({ body, isCut, form, ...shown }: FormedBodyProps) {
  const pretty = useMemo(
    () => (form === 'pretty' ? prettyJsonText(body, { isCut }) : null),
    [form, body, isCut],
  );
  const tree = useMemo(() => (form === 'tree' && !isCut ? readJson(body) : null), [form, body, isCut]);
  if (tree !== null) return <TreeValue node={tree} />;
  return (
    <>
      {form !== 'raw' && pretty === null && (
        <div className={classes.notice}>
          <Notice tone="info">{form === 'tree' && isCut ? words.tooLarge : words.notJson}</Notice>
        </div>
      )}
      <TextValue text={pretty ?? body} {...shown} />
    </>
  );
}

/** Text of an API that looks like JSON is indented at first; a page or a plain text is shown as it came. */
const usualForm = ({ body, contentType }: Answer): Form =>
  /json/i.test(contentType) || /^\s*[[{]/.test(body ?? '') ? 'pretty' : 'raw';

/** The body of an answer: indented with all its digits, as a tree, or as it came; with what is searched for in it. */
export function AnswerBody({ answer }: { readonly answer: Answer }) {
  const copyText = useCopyText();
  const [chosen, setChosen] = useState<Form | null>(null);
  const [wraps, setWraps] = useState(true);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const [count, setCount] = useState(0);
  const { body, isCut } = answer;
  if (body === null) return <EmptyState title={words.noText} />;
  if (body === '') return <EmptyState title={words.empty} />;
  const form = chosen ?? usualForm(answer);
  return (
    <div className={classes.pane}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={words.form}
          value={form}
          data={forms.map((value) => ({ value, label: words.forms[value] }))}
          onChange={setChosen}
        />
        <TextInput
          size="xs"
          className={classes.find}
          aria-label={words.find}
          placeholder={words.find}
          leftSection={<IconSearch size={13} />}
          spellCheck={false}
          disabled={form === 'tree'}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setAt(at + (event.shiftKey ? -1 : 1));
          }}
        />
        {search !== '' && form !== 'tree' && (
          <span role="status" className={classes.dimmed}>
            {words.matches(count)}
          </span>
        )}
        <IconButton size="sm" label={words.wrap} isPressed={wraps} onClick={() => setWraps(!wraps)}>
          <IconTextWrap size={15} />
        </IconButton>
        <IconButton size="sm" label={words.copy} onClick={() => copyText(body)}>
          <IconCopy size={15} />
        </IconButton>
      </div>
      {isCut && (
        <div className={classes.notice}>
          <Notice tone="info">{words.cut(body.length)}</Notice>
        </div>
      )}
      <FormedBody
        body={body}
        isCut={isCut}
        form={form}
        wraps={wraps}
        search={form === 'tree' ? '' : search}
        at={at}
        onCounted={setCount}
      />
    </div>
  );
}
