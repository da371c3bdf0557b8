import { NativeSelect } from '@mantine/core';
import type { Resource } from '../../../../shared/model/resources.ts';
import { resourcesText as words } from '../../../text/resources.ts';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';

/** The resource whose records each lead to one request of this one. */
export function ParentSection({ others }: { readonly others: readonly Resource[] }) {
  const { form, change } = useEditedForm();
  const { parent } = form;
  const isSame = (one: { group: string; name: string }) =>
    one.group === parent?.group && one.name === parent.name;
  // One that is gone is shown all the same: nothing changes by looking.
  const offered = parent === null || others.some(isSame) ? others : [...others, parent];
  const at = offered.findIndex(isSame);
  return (
    <NativeSelect
      size="xs"
      className={classes.wide}
      label={words.parent}
      description={words.parentHint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={String(at)}
      data={[
        { value: '-1', label: words.noParent },
        ...offered.map(({ group, name }, index) => ({ value: String(index), label: `${group} › ${name}` })),
      ]}
      onChange={(event) => {
        const chosen = offered[Number(event.currentTarget.value)];
        change({ parent: chosen === undefined ? null : { group: chosen.group, name: chosen.name } });
      }}
    />
  );
}
