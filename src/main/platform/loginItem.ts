import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import type { Logger } from '../observability/Logger.ts';

const hiddenSwitch = '--hidden';

/** Whether the app began when a person logged in: its window waits until somebody wants it. */
export const startsHidden = (): boolean =>
  process.argv.includes(hiddenSwitch) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** Whether the app begins when a person logs in. Only of one that is installed. Never throws. */
export function setStartsAtLogin(isWanted: boolean, logger: Logger): void {
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: [hiddenSwitch] });
    return;
  }
  setAutostart(isWanted).catch((error: unknown) => {
    logger.warn('Whether Mooring begins at log-in could not be changed', {}, error);
  });
}

/** Of desktops on Linux, of which Electron knows none (the Desktop Application Autostart Specification). */
async function setAutostart(isWanted: boolean): Promise<void> {
  const folder = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart');
  const path = join(folder, 'app.mooring.desktop.desktop');
  if (!isWanted) {
    await rm(path, { force: true });
    return;
  }
  await mkdir(folder, { recursive: true });
  const program = process.env.APPIMAGE ?? process.execPath;
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Mooring',
    `Exec=${quoted(program)} ${hiddenSwitch}`,
  ];
  await UnfinishedFile.whole(path, (file) => file.write(Buffer.from(`${lines.join('\n')}\n`)));
}

/** As the specification of desktop entries has it. */
const quoted = (program: string): string =>
  `"${program.replaceAll(/["`$\\]/g, (sign) => `\\\\${sign}`).replaceAll('%', '%%')}"`;
