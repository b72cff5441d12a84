import { required, requiredSome } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import type { Extent } from '../account/calls.ts';

/**
 * The regions of the account of the credentials, by ec2:DescribeRegions: for accounts where
 * account:ListRegions is not allowed. Its client is large (28 MB) and loaded only then. @throws AwsError
 */
export async function describeRegions(access: ScopeAccess, extent: Extent): Promise<readonly string[]> {
  const operation = 'ec2:DescribeRegions';
  const site = access.site(operation);
  const sdk = await import('@aws-sdk/client-ec2');
  const client = slim(new sdk.EC2Client(access.clientConfig()));
  const output = await access.call({
    operation,
    // Without AllRegions AWS answers those that the account may use.
    send: (options) =>
      client.send(new sdk.DescribeRegionsCommand(extent === 'all' ? { AllRegions: true } : {}), options),
  });
  const regions = required(output.Regions, 'Regions', site).map(({ RegionName }) =>
    required(RegionName, 'RegionName', site),
  );
  return requiredSome(regions, 'region', site);
}
