import type { AccessFinding } from '../access/row.ts';

/** Actions that are listed at most. */
const listed = 5;

/** The actions that some findings let in to, in words: the first, and how many more there are. */
export function actionsIn(findings: readonly AccessFinding[]): string {
  const all = [...new Set(findings.flatMap(({ row }) => row.actions))].sort();
  const more = all.length - listed;
  return `${all.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
