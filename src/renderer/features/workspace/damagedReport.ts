import type { DamagedDataSource } from '../../../shared/model/dataSource.ts';
import { workspaceText } from '../../text/workspace.ts';

/** What is known of a damaged data source as plain text, to be pasted into a ticket. */
export function damagedReport({ id, name, problems }: DamagedDataSource): string {
  const words = workspaceText.damaged;
  return [
    words.title,
    ...(name === null ? [] : [name]),
    words.id(id),
    ...problems.map((problem) => `- ${problem}`),
  ].join('\n');
}
