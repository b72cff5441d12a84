import { BackupClient } from '@aws-sdk/client-backup';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../../lab/aws/credentials.ts';
import type { Emulator } from '../../lab/emulators.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

/** Something that answers as AWS does, and who asks. */
export interface Endpoint {
  readonly url: string;
  readonly credentials: Credentials;
}

/** AWS's own clients. They do not retry. */
export function clientsOf({ url, credentials }: Endpoint, region = 'us-east-1') {
  const options = { endpoint: url, region, credentials, maxAttempts: 1 };
  const kms = new KMSClient(options);
  return {
    kms,
    // Left alone, it speaks HTTP/2.
    kinesis: new KinesisClient({ ...options, requestHandler: kms.config.requestHandler }),
    backup: new BackupClient(options),
    iam: new IAMClient(options),
    organizations: new OrganizationsClient(options),
    sts: new STSClient(options),
  };
}

/** The endpoint as a member account sees it, by its member role. */
export async function memberOf(endpoint: Endpoint, accountId: string, role: string): Promise<Endpoint> {
  const RoleArn = `arn:aws:iam::${accountId}:role/${role}`;
  const { Credentials } = await clientsOf(endpoint).sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { url: endpoint.url, credentials };
}

/** A new organizational unit below the root, with new accounts of these names in it. Answers its id and theirs. */
export async function createUnit(
  endpoint: Endpoint,
  name: string,
  accountNames: readonly string[],
): Promise<{ unitId: string; accountIds: string[] }> {
  const { organizations } = clientsOf(endpoint);
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const SourceParentId = Roots?.[0]?.Id;
  const created = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: SourceParentId, Name: name }),
  );
  const unitId = created.OrganizationalUnit?.Id ?? '';
  const accountIds: string[] = [];
  for (const account of accountNames) {
    const AccountId = await createAccount(endpoint, account);
    await organizations.send(
      new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId: unitId }),
    );
    accountIds.push(AccountId);
  }
  return { unitId, accountIds };
}

export async function createAccount(endpoint: Endpoint, name: string): Promise<string> {
  const { organizations } = clientsOf(endpoint);
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
  );
  return CreateAccountStatus?.AccountId ?? '';
}

/** The pipeline with an emulator in AWS's place. */
export function pipelineTo({ url, credentials }: Emulator): Promise<Pipeline> {
  const { accessKeyId, secretAccessKey } = credentials;
  return openPipeline({
    url,
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
}
