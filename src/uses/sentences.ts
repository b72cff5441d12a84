import type { BlastRadius } from './uses.ts';

/** What is known of a key's uses, and how surely. No sentence says that it can go. */
export function sentences(key: BlastRadius): readonly string[] {
  return [
    ...ofState(key),
    ...ofUses(key),
    ...ofReplica(key),
    ofLastUse(key),
    ...ofRequests(key),
    ...(key.freshness === 'current' ? [] : ['The key was not read again since an earlier sync.']),
  ];
}

function ofState({ key_state, deletion_date }: BlastRadius): string[] {
  if (key_state === 'Disabled') return ['It is disabled: what breaks has begun to.'];
  if (key_state !== 'PendingDeletion' && key_state !== 'PendingReplicaDeletion') return [];
  const when = deletion_date === null ? 'when its last replica is gone' : `on ${deletion_date.slice(0, 10)}`;
  return [`It will be deleted ${when}, and cannot be used until then: what breaks has begun to.`];
}

function ofUses(key: BlastRadius): string[] {
  if (key.confidence === 'none_found_in_what_was_read')
    return ['Nothing that was read needs it. That is no proof that nothing does: see what is never read.'];
  if (key.confidence === 'not_all_read')
    return ['Nothing was found that needs it, but not everything was read: it is not known.'];
  if (key.uses === null) return ['It is in use; what uses a key that AWS owns is not listed.'];
  if (key.uses === 0)
    return ['It was used within 90 days, though nothing that was read needs it: what does, is not known.'];
  const accounts = Object.keys(key.uses_by_account).length;
  return [
    `In use: ${count(key.uses, 'thing needs', 'things need')} it, in ${count(accounts, 'account', 'accounts')}, as far as was read.`,
    `When it is disabled, ${count(key.break_at_once, 'breaks', 'break')} at once and ${key.break_later} later; of ${key.break_not_known} AWS does not say.`,
    ...ofRescue(key.recoverable_days),
  ];
}

function ofRescue(days: number | null): string[] {
  if (days === null) return [];
  if (days === 0) return ['Some of it is not rescued by enabling the key again.'];
  return [`Some of it is rescued only if the key is enabled again within ${days} days.`];
}

function ofReplica({ recoverable_by_replica }: BlastRadius): string[] {
  if (recoverable_by_replica !== true) return [];
  return [
    'A related multi-Region key is enabled: what this one encrypted can still be decrypted with it, in its region.',
  ];
}

function ofLastUse({ last_used_at, tracking_start_date }: BlastRadius): string {
  if (last_used_at !== null) return `It was last used on ${last_used_at.slice(0, 10)}.`;
  if (tracking_start_date !== null)
    return `It was not used since ${tracking_start_date.slice(0, 10)}, when AWS began to track it.`;
  return 'When it was last used is not known: include_key_last_usage asks for it.';
}

function ofRequests({ requests_in_two_weeks: requests }: BlastRadius): string[] {
  if (requests === null) return [];
  if (requests > 0)
    return [`CloudWatch counted ${count(requests, 'request', 'requests')} on it within two weeks.`];
  return [
    'CloudWatch counted no request on it within two weeks, which is no proof: attached volumes and cached data keys go on without one.',
  ];
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
