/** Whether those whom a resource's policy lets in can use it in the face of its key. In the order of precedence. */
export const uses = [
  'blocked_by_public_access_block',
  'blocked_by_aws_managed_key',
  'blocked_by_key_state',
  'blocked_by_key_policy',
  'blocked_by_organization_policy',
  'blocked_by_iam',
  'unknown',
  'possible',
  'no_kms_barrier',
] as const;
export type EntityUse = (typeof uses)[number];

/** The verdict over all entities. */
export type CrossAccountUse = EntityUse | 'partly_blocked' | 'not_shared';

export const isBlocked = (use: EntityUse): boolean => use.startsWith('blocked_');
export const canUse = (use: EntityUse): boolean => use === 'possible' || use === 'no_kms_barrier';

/**
 * What all share. `partly_blocked` when at least one is locked out and at least one is not, be it that it can or that
 * it is not known; so a row never reads as locked for all where that is not proven. Of several ways of being locked
 * out, and of `possible` beside `no_kms_barrier`, the first by precedence.
 */
export function summary(list: readonly EntityUse[]): CrossAccountUse {
  if (list.length === 0) return 'not_shared';
  return list.some(isBlocked) && !list.every(isBlocked) ? 'partly_blocked' : first(list);
}

/** The first by precedence of at least one. */
export function first(list: readonly EntityUse[]): EntityUse {
  return uses.find((use) => list.includes(use)) ?? 'unknown';
}
