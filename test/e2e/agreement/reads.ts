import { GetBackupVaultAccessPolicyCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientsOf } from '../emulated.ts';
import { keyNames, type Side, streamArn } from './sides.ts';

/** One question to AWS, asked of every side in the same words. */
type Read = (side: Side) => Promise<unknown>;

const asManagement =
  (ask: (client: OrganizationsClient, side: Side) => Promise<unknown>): Read =>
  (side) =>
    ask(clientsOf(side.management).organizations, side);

const asMember =
  (ask: (client: KMSClient, keys: Side['keys']) => Promise<unknown>): Read =>
  (side) =>
    ask(clientsOf(side.member).kms, side.keys);

const page = { MaxResults: 20 };

export const reads: Readonly<Record<string, Read>> = {
  'sts:GetCallerIdentity': (side) => clientsOf(side.member).sts.send(new GetCallerIdentityCommand({})),

  'organizations:DescribeOrganization': asManagement((client) =>
    client.send(new DescribeOrganizationCommand({})),
  ),
  'organizations:ListAccounts, page 1': asManagement((client) => client.send(new ListAccountsCommand(page))),
  'organizations:ListAccounts, page 2': asManagement(async (client) => {
    const { NextToken } = await client.send(new ListAccountsCommand(page));
    return client.send(new ListAccountsCommand({ ...page, NextToken }));
  }),
  'organizations:ListRoots': asManagement((client) => client.send(new ListRootsCommand({}))),
  'organizations:ListAccountsForParent': asManagement((client, { unitId }) =>
    client.send(new ListAccountsForParentCommand({ ParentId: unitId })),
  ),
  'organizations:ListTagsForResource, of an account': asManagement((client, { memberId }) =>
    client.send(new ListTagsForResourceCommand({ ResourceId: memberId })),
  ),
  'organizations:ListTagsForResource, of an account without any': asManagement(async (client) => {
    const { Accounts } = await client.send(new ListAccountsCommand(page));
    const other = Accounts?.find(({ Name }) => Name === 'other-1');
    return client.send(new ListTagsForResourceCommand({ ResourceId: other?.Id }));
  }),
  'organizations:ListOrganizationalUnitsForParent': asManagement(async (client) => {
    const { Roots } = await client.send(new ListRootsCommand({}));
    return client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: Roots?.[0]?.Id }));
  }),

  ...ofEachKey('DescribeKey', (client, KeyId) => client.send(new DescribeKeyCommand({ KeyId }))),
  'kms:DescribeKey by alias': asMember((client) =>
    client.send(new DescribeKeyCommand({ KeyId: 'alias/orders' })),
  ),
  'kms:GetKeyPolicy': asMember((client, { plain }) =>
    client.send(new GetKeyPolicyCommand({ KeyId: plain, PolicyName: 'default' })),
  ),
  'kms:ListResourceTags': asMember((client, { orders }) =>
    client.send(new ListResourceTagsCommand({ KeyId: orders })),
  ),
  'kms:ListGrants': asMember((client, { orders }) => client.send(new ListGrantsCommand({ KeyId: orders }))),
  'kms:ListAliases of a key': asMember((client, { orders }) =>
    client.send(new ListAliasesCommand({ KeyId: orders })),
  ),
  ...ofEachKey('GetKeyRotationStatus', (client, KeyId) =>
    client.send(new GetKeyRotationStatusCommand({ KeyId })),
  ),

  'kinesis:ListStreams': async ({ member }) => {
    const {
      StreamNames,
      StreamSummaries = [],
      HasMoreStreams,
    } = await clientsOf(member).kinesis.send(new ListStreamsCommand({}));
    return { StreamNames, arns: StreamSummaries.map(({ StreamARN }) => StreamARN), HasMoreStreams };
  },
  'kinesis:DescribeStreamSummary of an encrypted stream': describeStream('encrypted'),
  'kinesis:DescribeStreamSummary of another stream': describeStream('plain'),
  'kinesis:GetResourcePolicy': policyOfStream('shared'),
  'kinesis:GetResourcePolicy of a stream without': policyOfStream('plain'),
  'backup:ListBackupVaults': async ({ member }) => {
    const { BackupVaultList = [] } = await clientsOf(member).backup.send(new ListBackupVaultsCommand({}));
    return BackupVaultList.map((vault) => [
      vault.BackupVaultName,
      vault.BackupVaultArn,
      vault.EncryptionKeyArn,
    ]);
  },
};

/** Those that must fail. */
export const refusals: Readonly<Record<string, Read>> = {
  'kms:DescribeKey of no key': asMember((client) =>
    client.send(new DescribeKeyCommand({ KeyId: '00000000-0000-4000-8000-000000000000' })),
  ),
  'kinesis:DescribeStreamSummary of no stream': describeStream('gone'),
  'kinesis:GetResourcePolicy of no stream': policyOfStream('gone'),
  'backup:GetBackupVaultAccessPolicy of a vault without': ({ member }) =>
    clientsOf(member).backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'orders' })),
};

/** The fields that tell of the key; the simulated AWS knows little of the rest. */
function describeStream(StreamName: string): Read {
  return async ({ member }) => {
    const { StreamDescriptionSummary: stream } = await clientsOf(member).kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    return { arn: stream?.StreamARN, type: stream?.EncryptionType, key: stream?.KeyId };
  };
}

function policyOfStream(name: string): Read {
  return ({ member, memberId }) =>
    clientsOf(member).kinesis.send(new GetResourcePolicyCommand({ ResourceARN: streamArn(memberId, name) }));
}

function ofEachKey(
  operation: string,
  ask: (client: KMSClient, keyId: string | undefined) => Promise<unknown>,
): Record<string, Read> {
  return Object.fromEntries(
    keyNames.map((name) => [`kms:${operation} ${name}`, asMember((client, keys) => ask(client, keys[name]))]),
  );
}
