import type { ResolvedKey, ResourceKeys } from '../../../src/posture/resource-key.ts';

/** A resource under one key. */
export const oneKey = (resolved: ResolvedKey): ResourceKeys => ({ resolved, associated: [], further: [] });
