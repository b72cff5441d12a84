import { required, requiredSome } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';
import type { Extent } from '../account/calls.ts';

/**
 * The regions of the account of the credentials, by ec2:DescribeRegions: for accounts where
 * account:ListRegions is not allowed. Its client is large (28 MB) and loaded only then. @throws AwsError
 */
export function describeRegions(access: ScopeAccess, extent: Extent): Promise<readonly string[]> {
  const { call } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: slim(new sdk.EC2Client(config)) };
  });
  return call('ec2:DescribeRegions', async ({ sdk, client }, options, site) => {
    // Without AllRegions AWS answers those that the account may use.
    const command = new sdk.DescribeRegionsCommand(extent === 'all' ? { AllRegions: true } : {});
    const output = await client.send(command, options);
    const regions = required(output.Regions, 'Regions', site).map(({ RegionName }) =>
      required(RegionName, 'RegionName', site),
    );
    return requiredSome(regions, 'region', site);
  });
}
