import type { SimAccount } from './model.ts';

/** As Account Management answers it. */
export function regionStatus(account: SimAccount, region: string, optIn: boolean): string {
  if (!account.enabledRegions.has(region)) return 'DISABLED';
  return optIn ? 'ENABLED' : 'ENABLED_BY_DEFAULT';
}
