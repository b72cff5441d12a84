import { keyAccess } from './key-access.ts';
import { keyGrants } from './key-grants.ts';
import { keyLastUsage } from './key-last-usage.ts';
import { keyPolicies } from './key-policies.ts';
import { keyPrincipals } from './key-principals.ts';
import { keyRotations } from './key-rotations.ts';
import type { KeyTable } from './key-table.ts';
import { keys } from './keys.ts';

/** The tables whose rows come from a key. A new one is a file and a line here. */
export const keyTables: readonly KeyTable[] = [
  keys,
  keyAccess,
  keyPrincipals,
  keyPolicies,
  keyGrants,
  keyRotations,
  keyLastUsage,
];
