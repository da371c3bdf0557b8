import { Radio } from '@mantine/core';
import type { VaultMode } from '../../../shared/model/vault.ts';
import { vaultText } from '../../text/vault.ts';
import classes from './vault.module.css';

interface ModeCardsProps<Mode extends VaultMode> {
  readonly modes: readonly Mode[];
  readonly value: Mode | null;
  /** The mode there is now, which says so. */
  readonly current?: VaultMode | null;
  readonly onChange: (mode: Mode) => void;
}

/** Where the key may be, each with what that means. */
export function ModeCards<Mode extends VaultMode>({ modes, value, current, onChange }: ModeCardsProps<Mode>) {
  const choose = (chosen: string) => {
    const mode = modes.find((candidate) => candidate === chosen);
    if (mode !== undefined) onChange(mode);
  };
  return (
    <Radio.Group value={value} onChange={choose} aria-label={vaultText.chooseMode.label}>
      <div className={classes.modes}>
        {modes.map((mode, index) => (
          <Radio.Card
            key={mode}
            value={mode}
            className={classes.mode}
            aria-label={vaultText.modes[mode].label}
            aria-description={vaultText.modes[mode].message}
            data-autofocus={mode === value || (value === null && index === 0) || undefined}
          >
            <Radio.Indicator />
            <div>
              <div className={classes.modeName}>
                {vaultText.modes[mode].label}
                {mode === current && ` (${vaultText.changeMode.current})`}
              </div>
              <div className={classes.modeMessage}>{vaultText.modes[mode].message}</div>
            </div>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
