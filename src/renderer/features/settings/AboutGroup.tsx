import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { FactList } from '../../components/FactList.tsx';
import { settingsText } from '../../text/settings.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

function PathValue({ what, path }: { what: string; path: string }) {
  const copyText = useCopyText();
  return (
    <span className={classes.path}>
      <span className={classes.pathText}>{path}</span>
      <Tooltip label={settingsText.copyPath(what)}>
        <ActionIcon size={22} aria-label={settingsText.copyPath(what)} onClick={() => copyText(path)}>
          <IconCopy size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
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
