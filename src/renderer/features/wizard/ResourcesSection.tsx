import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconFileImport, IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, Suspense, useState } from 'react';
import { maxResources, newResource, type Resource } from '../../../shared/model/resources.ts';
import { withAdded } from '../../lib/resourceList.ts';
import { resourcesText } from '../../text/resources.ts';
import { baseUrlOf, ResourceImportWindow } from '../resourceImport/index.ts';
import classes from './ResourcesSection.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { draftOfForm, resourcesOfForm } from './wizardForm.ts';

const words = resourcesText.wizard;
const typing = { spellCheck: false, autoComplete: 'off' } as const;

/** Adds a resource by its name and path; all else about it is set in its editor, once the data source is saved. */
function AddLine({ present }: { readonly present: readonly Resource[] }) {
  const [name, setName] = useState('');
  const [path, setPath] = useState('');
  const wanted: Resource = { ...newResource, name: name.trim(), path: path.trim() };
  const isTaken = present.some(
    (one) => one.name === wanted.name && one.group === wanted.group && wanted.name !== '',
  );
  const isReady = wanted.name !== '' && wanted.path !== '' && !isTaken && present.length < maxResources;
  const add = () => {
    wizardActions().setResources([...present, wanted]);
    setName('');
    setPath('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || (name === '' && path === '')) return;
    // Here Enter adds, and does not save.
    event.preventDefault();
    if (isReady) add();
  };
  return (
    <div className={classes.add}>
      <TextInput
        {...typing}
        size="xs"
        aria-label={resourcesText.name}
        placeholder={words.namePlaceholder}
        value={name}
        error={isTaken ? words.exists : null}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <TextInput
        {...typing}
        size="xs"
        aria-label={resourcesText.path}
        placeholder={words.pathPlaceholder}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        size="xs"
        variant="default"
        disabled={!isReady}
        leftSection={<IconPlus size={14} />}
        onClick={add}
      >
        {words.add}
      </Button>
    </div>
  );
}

function ResourceList({ present }: { readonly present: readonly Resource[] }) {
  if (present.length === 0) return <p className={classes.hint}>{words.none}</p>;
  return (
    <ul className={classes.list} aria-label={words.list}>
      {present.map((resource) => (
        <li key={`${resource.group}\n${resource.name}`} className={classes.item}>
          <span className={classes.name} title={resource.description}>
            {resource.name}
          </span>
          <span className={classes.hint}>{resource.group}</span>
          <code className={classes.path}>
            {resource.method} {resource.path}
          </code>
          <ActionIcon
            size="xs"
            aria-label={words.remove(resource.name)}
            onClick={() => wizardActions().setResources(present.filter((one) => one !== resource))}
          >
            <IconX size={12} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

/** What there is to read of an API: imported, or added by hand. None is needed to save the data source. */
export function ResourcesSection() {
  const { form, original } = useWizard();
  const [isImporting, setIsImporting] = useState(false);
  const [wasImporting, setWasImporting] = useState(false);
  const present = resourcesOfForm(form) ?? [];
  const open = () => {
    setWasImporting(true);
    setIsImporting(true);
  };
  return (
    <div className={classes.section} style={{ gridColumn: '1 / -1' }}>
      <div className={classes.head}>
        <Button size="xs" variant="default" leftSection={<IconFileImport size={14} />} onClick={open}>
          {words.import}
        </Button>
        <span className={classes.hint}>
          {present.length === 0 ? words.hint : words.count(present.length)}
        </span>
      </div>
      <ResourceList present={present} />
      {form.origin === 'personal' && <AddLine present={present} />}
      {wasImporting && (
        <Suspense>
          <ResourceImportWindow
            opened={isImporting}
            kind={form.kind}
            present={present}
            baseUrl={baseUrlOf(draftOfForm(form, null).fields.engine)}
            takesServer={original === null && form.origin === 'personal'}
            onTake={({ resources, address, values }) =>
              wizardActions().takeDocument({ resources: withAdded(present, resources), address, values })
            }
            onClose={() => setIsImporting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
