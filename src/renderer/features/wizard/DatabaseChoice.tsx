import { Loader, Select } from '@mantine/core';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { errorActionText } from '../../text/errorActions.ts';
import classes from './OutcomePanel.module.css';
import { useWizard, wizardActions } from './wizard.ts';

/** The databases that the server has, once an error has offered to list them. The one that is chosen is tested at once. */
export function DatabaseChoice() {
  const { databases } = useWizard();
  switch (databases.status) {
    case 'idle':
      return null;
    case 'failed':
      return <ErrorPanel error={databases.error} />;
    case 'loading':
      return (
        <p className={classes.aside} role="status">
          <Loader size={12} /> {errorActionText.asking}
        </p>
      );
    case 'shown':
      return databases.names.length === 0 ? (
        <p className={classes.aside}>{errorActionText.noDatabases}</p>
      ) : (
        <Select
          label={errorActionText.databases}
          placeholder={errorActionText.choose}
          data={[...databases.names]}
          value={null}
          searchable
          autoFocus
          defaultDropdownOpened
          onChange={(name) => name !== null && wizardActions().useDatabase(name)}
        />
      );
  }
}
