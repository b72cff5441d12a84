import { AccountClient } from '@aws-sdk/client-account';
import { BackupClient } from '@aws-sdk/client-backup';
import { EC2Client } from '@aws-sdk/client-ec2';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { baseCredentials, type Credentials } from '../../../lab/aws/credentials.ts';
import type { Simulator } from '../../../lab/aws/server.ts';

/** AWS's own clients, pointed at a simulator: the judges of its wire forms. They do not retry. */
export function clients(
  simulator: Simulator,
  who: string | Credentials = simulator.organization.managementAccountId,
  region = 'us-east-1',
  maxAttempts = 1,
) {
  const options = {
    endpoint: simulator.url,
    region,
    credentials: typeof who === 'string' ? baseCredentials(who) : who,
    maxAttempts,
  };
  const kms = new KMSClient(options);
  return {
    sts: new STSClient(options),
    organizations: new OrganizationsClient(options),
    account: new AccountClient(options),
    ec2: new EC2Client(options),
    kms,
    // Left alone, it speaks HTTP/2.
    kinesis: new KinesisClient({ ...options, requestHandler: kms.config.requestHandler }),
    backup: new BackupClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
}

/** Credentials of a role session in a member account, by the management account unless told. */
export async function assume(
  simulator: Simulator,
  accountId: string,
  role = 'OrganizationAccountAccessRole',
  more: Partial<AssumeRoleCommandInput> = {},
  who?: string | Credentials,
): Promise<Required<Credentials>> {
  const RoleArn = `arn:${simulator.organization.partition}:iam::${accountId}:role/${role}`;
  const { sts } = clients(simulator, who);
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...more }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
