import { Button } from '@mantine/core';
import { FactList } from '../../components/FactList.tsx';
import { settingsText } from '../../text/settings.ts';
import { CopyableValue } from './CopyableValue.tsx';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

function PathValue({ what, path }: { what: string; path: string }) {
  return <CopyableValue value={path} copyLabel={settingsText.copyPath(what)} />;
}

/** Which version this is, and where it keeps its files. */
export function AboutGroup() {
  const info = useSettings((store) => store.info);
  if (info === null) return null;
  const { dataFolder, logFile, version, electronVersion } = settingsText;
  return (
    <SettingsGroup heading={settingsText.aboutHeading}>
      <FactList
        facts={[
          { label: version, value: `${info.version} ${electronVersion(info.electronVersion)}` },
          { label: dataFolder, value: <PathValue what={dataFolder} path={info.userDataPath} /> },
          { label: logFile, value: <PathValue what={logFile} path={info.logPath} /> },
        ]}
      />
      <Button
        variant="default"
        className={classes.action}
        onClick={() => void settingsStore.getState().showLogFolder()}
      >
        {settingsText.showLogFolder}
      </Button>
    </SettingsGroup>
  );
}
