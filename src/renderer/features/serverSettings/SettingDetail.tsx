import type { ReactNode } from 'react';
import type { ServerSetting } from '../../../shared/model/serverSettings.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DetailColumns, DetailFacts, DetailPane } from '../../components/DetailPane.tsx';
import { serverSettingsText } from '../../text/serverSettings.ts';
import classes from './SettingsPanel.module.css';
import { settingCell, settingLine } from './settingRows.ts';

const words = serverSettingsText.detail;

const valueText = (value: string | null): ReactNode =>
  value === null ? null : (
    <span className={classes.value}>{value === '' ? serverSettingsText.empty : value}</span>
  );

interface SettingDetailProps {
  readonly setting: ServerSetting;
  readonly onClose: () => void;
}

/** The selected setting whole, with where its value comes from. */
export function SettingDetail({ setting, onClose }: SettingDetailProps) {
  const { name, value, defaultValue, resetValue, unit, accepts, file, line, category, description } = setting;
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    [words.value, valueText(value)],
    [words.defaultValue, valueText(defaultValue)],
    [words.resetValue, resetValue === value ? null : valueText(resetValue)],
    [words.source, settingCell(setting, 'source')],
    [words.file, file === null ? null : words.place(file, line)],
    [words.scope, settingCell(setting, 'scope')],
    [words.accepts, accepts],
    [words.unit, unit],
    [words.category, category],
  ];
  return (
    <DetailPane
      label={words.label}
      title={name}
      closeLabel={words.close}
      onClose={onClose}
      actions={<CopyButton size="xs" label={serverSettingsText.copyLine} text={() => settingLine(setting)} />}
    >
      <DetailColumns>
        <DetailFacts facts={facts} />
        <div className={classes.text}>
          {setting.isPending && <p className={classes.pending}>{words.pending}</p>}
          {description !== null && <p>{description}</p>}
        </div>
      </DetailColumns>
    </DetailPane>
  );
}
