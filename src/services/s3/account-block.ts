import { required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor } from '../../aws/service-calls.ts';
import { publicAccessBlockOf } from './calls.ts';
import { s3ControlCalls } from './control-client.ts';
import type { PublicAccessBlock } from './facts.ts';

/**
 * S3 Block Public Access of the account, as it is in effect: AWS answers the account's settings with those that
 * an organization-level policy imposes (S3 Control API reference, GetPublicAccessBlock, read 2026-11-24). Null
 * when there are none. @throws AwsError
 */
export function accountPublicAccessBlock(
  access: ScopeAccess,
  accountId: string,
): Promise<PublicAccessBlock | null> {
  const { call } = s3ControlCalls(access);
  return call('s3:GetAccountPublicAccessBlock', async ({ sdk, client }, options, site) => {
    const command = new sdk.GetPublicAccessBlockCommand({ AccountId: accountId });
    const none = 'NoSuchPublicAccessBlockConfiguration';
    const output = await nullFor(none, client.send(command, options));
    const name = 'PublicAccessBlockConfiguration';
    return output && publicAccessBlockOf(required(output.PublicAccessBlockConfiguration, name, site), site);
  });
}
