import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { keyCallsOfEmptyRegion } from '../../scripts/docs/empty-regions.ts';
import { services } from '../../src/services/catalogue.ts';
import { servicesByDefault } from '../../src/services/choice.ts';
import { callsOfEmptyRegion } from '../../src/services/empty-region.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

/* What docs/services.md says that a region without keys and resources takes. */

const management = '111111111111';
const member = '222222222222';
const region = 'eu-west-1';

/** Calls in the member's region: operation, once for each. */
async function callsFor(chosen: readonly string[]): Promise<string[]> {
  const made = newOrganization({
    managementAccountId: management,
    regions: [{ name: region, optIn: false }],
  });
  addAccount(made, { id: member });
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  const org = { member_role_name: 'OrganizationAccountAccessRole' };
  await syncInProcess(aws, management, { org, resource_services: chosen });
  return (
    Object.keys(aws.requests.byOperation())
      .flatMap((operation) =>
        Array<string>(aws.requests.count({ operation, account: member, region })).fill(operation),
      )
      // Of S3 Control only access grants are a service's.
      .filter(
        (operation) =>
          !/^(?:s3|s3control(?!:GetAccessGrants)|sts|account|iam|organizations):/.test(operation),
      )
      .map((operation) => operation.replace(/^s3control:/, 's3:'))
      .sort()
  );
}

test.each([
  ['by default', [], servicesByDefault],
  ['of all', ['*'], services],
  ...services.map((name): [string, string[], string[]] => [name, [name], [name]]),
])('services %s', async (_, chosen, read) => {
  const expected = [...callsOfEmptyRegion(read), ...keyCallsOfEmptyRegion].sort();
  expect(await callsFor(chosen)).toEqual(expected);
});
