import { requiredSome } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import type { Extent } from '../account/calls.ts';
import { ec2Api } from './api.ts';

/**
 * The regions of the account of the credentials, by ec2:DescribeRegions: for accounts where
 * account:ListRegions is not allowed. @throws AwsError
 */
export function describeRegions(access: ScopeAccess, extent: Extent): Promise<readonly string[]> {
  // Without AllRegions AWS answers those that the account may use.
  const input = extent === 'all' ? { AllRegions: true } : {};
  return apiCalls(access, ec2Api).call('ec2:DescribeRegions', input, (answer, site) => {
    const regions = answer.requiredObjects('regionInfo').map((region) => region.requiredText('regionName'));
    return requiredSome(regions, 'region', site);
  });
}
