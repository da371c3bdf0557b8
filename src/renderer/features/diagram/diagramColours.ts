/** Colours of a diagram, in the window and in files. */
export interface DiagramColours {
  readonly page: string;
  readonly box: string;
  readonly title: string;
  readonly border: string;
  readonly text: string;
  readonly dimmed: string;
  readonly line: string;
  /** Of links where all of a large diagram is seen. */
  readonly faintLine: string;
  readonly key: string;
  /** What a person looks at. */
  readonly accent: string;
  /** The title of the table that is selected. */
  readonly selected: string;
}

export const diagramColours: Readonly<Record<'light' | 'dark', DiagramColours>> = {
  light: {
    ...{ page: '#ffffff', box: '#ffffff', title: '#f3f5f8', border: '#cfd5dc' },
    ...{ text: '#1b2026', dimmed: '#5c636b', line: '#8793a1', faintLine: '#abb3bd', key: '#8a4b00' },
    ...{ accent: '#386aa6', selected: '#dde8f4' },
  },
  dark: {
    ...{ page: '#1b1e22', box: '#24282e', title: '#2e333a', border: '#454c56' },
    ...{ text: '#d7dade', dimmed: '#a0a6b0', line: '#7f8691', faintLine: '#616770', key: '#f2c274' },
    ...{ accent: '#8fb3dc', selected: '#263a52' },
  },
};
