import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';

/** Something a person can do: in the palette, in the list of shortcuts, and by its key. One name and one key each. */
export interface Command {
  /** `topic.verb`, such as `query.run`. */
  readonly id: string;
  readonly title: string;
  /** The heading it stands under in the list of shortcuts. */
  readonly group: 'general' | 'tabs' | 'navigator' | 'query' | 'grid' | 'diagram' | 'source' | 'settings';
  /** As Mantine writes it: `mod+Enter`, `mod+shift+T`, `F5`. */
  readonly shortcut?: string;
  readonly run: () => void;
  /** Absent: always. What is not possible now is left out of the palette. */
  readonly isEnabled?: () => boolean;
  /** Left out of lists: it is there for its key alone. */
  readonly isHidden?: boolean;
}

/** Commands that stand under one heading. */
export const commandsOf = (
  group: Command['group'],
  commands: readonly Omit<Command, 'group'>[],
): readonly Command[] => commands.map((command) => ({ ...command, group }));

/** The newest of each id, without those that are left out of lists. */
export const listedCommands = (commands: readonly Command[]): readonly Command[] =>
  [...new Map(commands.map((command) => [command.id, command])).values()].filter(
    ({ isHidden = false }) => !isHidden,
  );

/** All commands of what is on the screen, the newest last: it wins where two have one key. */
export const commandsStore = createStore<{ readonly commands: readonly Command[] }>()(() => ({
  commands: [],
}));

/** @returns takes them away again */
function registerCommands(commands: readonly Command[]): () => void {
  commandsStore.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () =>
    commandsStore.setState((state) => ({
      commands: state.commands.filter((one) => !commands.includes(one)),
    }));
}

/** Offers commands for as long as a component is mounted and active. Pass a stable array. */
export function useCommands(commands: readonly Command[], isActive = true): void {
  useEffect(() => (isActive ? registerCommands(commands) : undefined), [commands, isActive]);
}
