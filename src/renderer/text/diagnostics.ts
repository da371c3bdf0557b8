export const diagnosticsText = {
  title: 'Diagnostics',
  intro:
    'For reports of problems: versions, memory, vault mode, states and figures of your data sources, error codes, and the last lines of the log. It never contains passwords, names, hosts, users, databases, statements or paths. Mooring sends it nowhere.',
  preview: 'Text of the diagnostics',
  loading: 'Collecting…',
  copy: 'Copy',
  save: 'Save as…',
  refresh: 'Collect again',
  saved: (fileName: string) => `Saved as ${fileName}`,
};
