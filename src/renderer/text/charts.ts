/** Words of every chart of values over time, whatever they are. */
export const chartsText = {
  none: '–',
  noValues: (chart: string) => `${chart}: no measurements in this time range.`,
  summary: (chart: string, parts: readonly string[]) => `${chart}: ${parts.join('; ')}.`,
  summaryPart: (name: string, now: string, lowest: string, highest: string) =>
    lowest === highest ? `${name} ${now} throughout` : `${name} now ${now}, between ${lowest} and ${highest}`,
  /** `14:05:09: in use 2, idle 3`. */
  atCursor: (moment: string, values: readonly string[]) => `${moment}: ${values.join(', ')}`,
  value: (name: string, value: string) => `${name} ${value}`,
  actions: (chart: string) => `Actions for ${chart}`,
  showTable: 'Show as table',
  showChart: 'Show as chart',
  savePicture: 'Save as PNG…',
  copyTable: 'Copy table',
  tableActions: 'Actions for the table',
  time: 'Time',
  empty: 'Nothing was measured in this time range.',
};
