import type { Aws } from '../aws/aws.ts';
import type { Walk } from './plan.ts';
import type { WalkSettings } from './settings.ts';
import { walkAccounts, walkOwnAccount } from './walk-accounts.ts';
import { walkMembers } from './walk-members.ts';

/**
 * Which accounts are to be read, with which credentials, and what organization they belong to: the members of an
 * organization (`org`), the accounts that the spec names (`accounts`), or the caller's own.
 * @throws AwsError when credentials are unusable, or when the organization cannot be listed
 */
export function walkOrganization(settings: WalkSettings, aws: Aws): Promise<Walk> {
  if (settings.org !== null) return walkMembers(settings, settings.org, aws);
  if (settings.accounts.length > 0) return walkAccounts(settings, aws);
  return walkOwnAccount(settings, aws);
}
