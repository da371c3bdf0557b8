import { useStore } from 'zustand';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { Keys } from '../../components/Keys.tsx';
import { type Command, commandsStore, listedCommands } from '../../lib/commands.ts';
import { commandsText, shortcutsText } from '../../text/commands.ts';
import classes from './Palette.module.css';
import { closeShortcuts, usePalette } from './palette.ts';

const groups = Object.keys(commandsText.group) as Command['group'][];

/** Those with a key, by group. */
function sheetOf(commands: readonly Command[]) {
  const listed = listedCommands(commands).flatMap(({ title, group, shortcut }) =>
    shortcut === undefined ? [] : [{ title, group, shortcut }],
  );
  const tabRange = {
    title: commandsText.tabs.range,
    group: 'tabs',
    shortcut: 'mod+1 … 9',
  } as const;
  const all = [...listed, tabRange];
  return groups
    .map((group) => ({ group, entries: all.filter((entry) => entry.group === group) }))
    .filter(({ entries }) => entries.length > 0);
}

/** All shortcuts of what is on the screen, on one page. */
export function ShortcutSheet() {
  const opened = usePalette(({ showsShortcuts }) => showsShortcuts);
  const commands = useStore(commandsStore, (state) => state.commands);
  return (
    <DialogWindow
      opened={opened}
      title={shortcutsText.title}
      onClose={closeShortcuts}
      closeOnClickOutside
      size={720}
    >
      <div className={classes.sheet}>
        {sheetOf(commands).map(({ group, entries }) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{commandsText.group[group]}</h3>
            <dl className={classes.shortcuts}>
              {entries.map(({ title, shortcut }) => (
                <div key={title} className={classes.shortcut}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys shortcut={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.where}>{shortcutsText.whereMouse}</p>
    </DialogWindow>
  );
}
