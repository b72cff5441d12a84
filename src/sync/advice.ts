import type { Settings } from '../spec/settings.ts';

/** What a sync says of how it is set up: one sentence or two each. */

export const withoutState =
  'backend_options is not set: CloudQuery deletes every row that this sync does not write again, those of accounts, regions and reads that are denied today among them. Set backend_options to keep what could not be read: as in spec.yml for PostgreSQL, SQLite and ClickHouse, and for any other destination together with `deletion: generation`, as in docs/destinations.md.';

export const generationWithoutState =
  'spec.deletion is `generation`, but backend_options is not set, and only a state counts generations; set backend_options, as in docs/destinations.md, or take `deletion: none`';

/** A state that came back with older values beside newer ones. */
export const appendedState =
  'The state table came back with rows of earlier syncs: its destination keeps every row (`write_mode: append`). If it is the destination of this sync, too, `deletion: scope` takes its history: set `deletion: generation` or `history: true`, as in docs/destinations.md.';

/**
 * After a sync that did not come to its end. There are many reasons, and two that this plugin is never told, since
 * the destination gives them to the CLI.
 */
export function afterCutSync({ deletion, history }: Pick<Settings['sync'], 'deletion' | 'history'>): string {
  const advice = [
    ...(deletion === 'scope' ? ['that it does not implement DeleteRecord, set `deletion: generation`'] : []),
    ...(history
      ? []
      : [
          'that a `_cq_id` is there already, it keeps the rows of every sync (`sync_group_id`): set `history: true`',
        ]),
  ];
  const sentence = 'The sync before this one did not come to its end; this one makes good for it.';
  return advice.length === 0
    ? sentence
    : `${sentence} If the destination said then ${advice.join('; if it said ')}. See docs/destinations.md.`;
}
