import type { IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { clientsOf, createUnit, memberOf, pipelineTo } from './emulated.ts';
import { allow, makeRole, policyOf } from './moto-iam.ts';
import { decrypt, type IamToMake, iamToMake, makeIam } from './moto-iam-account.ts';
import { withPolicyNames } from './named-policies.ts';
import type { Pipeline } from './pipeline.ts';

/** Two accounts of an organization that moto has, read with their IAM. */
export interface IamWorld {
  readonly pipeline: Pipeline;
  readonly result: SyncResult;
  /** Id of the account that has the keys and all of `made`. */
  readonly data: string;
  /** Id of an account with two roles, both named by the vault's policy: `analytics` may decrypt, `silent` nothing. */
  readonly compute: string;
  readonly made: IamToMake;
  /** moto's IAM of the account `data`. */
  readonly iam: IAMClient;
  readonly keys: Keys;
  close(): Promise<void>;
}

/** ARNs. */
interface Keys {
  /** With KMS's own default policy, which leaves everything to IAM. */
  readonly open: string;
  /** Its policy leaves its use not to IAM: it names roles. */
  readonly vault: string;
}

export async function readIamOfMoto(): Promise<IamWorld> {
  const moto = await withPolicyNames(await startMoto({ awsManagedPolicies: true }));
  const pipeline = await pipelineTo(moto);
  await clientsOf(moto).organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { unitId, accountIds } = await createUnit(moto, 'workloads', ['data', 'compute']);
  const [data, compute] = accountIds as [string, string];
  const { iam, kms } = clientsOf(await memberOf(moto, data, 'anything'));
  const made = iamToMake(data, compute);
  await makeIam(iam, made);
  await makeReaders(moto, compute);
  const keys = await makeKeys(kms, data, compute);
  const result = await pipeline.sync({
    tables: ['aws_encryption_iam_*', 'aws_encryption_key_principals', 'aws_encryption_coverage'],
    spec: {
      regions: ['us-east-1'],
      org: { member_role_name: 'anything', organization_units: [unitId] },
      include_iam: true,
      max_retries: 1,
      max_backoff: 0,
    },
  });
  const close = async () => {
    await pipeline.close();
    await moto.close();
  };
  return { pipeline, result, data, compute, made, iam, keys, close };
}

async function makeReaders(moto: Emulator, compute: string): Promise<void> {
  const { iam } = clientsOf(await memberOf(moto, compute, 'anything'));
  await makeRole(iam, 'analytics', { inline: { own: decrypt } });
  await makeRole(iam, 'silent', {});
}

async function makeKeys(kms: KMSClient, data: string, compute: string): Promise<Keys> {
  const make = async (Policy?: string): Promise<string> => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({ Policy }));
    if (key?.Arn === undefined) throw new Error('moto made no key');
    return key.Arn;
  };
  const lets = (AWS: string | string[], Action: string[]) => allow(Action, { Principal: { AWS } });
  const readers = ['analytics', 'silent'].map((name) => `arn:aws:iam::${compute}:role/${name}`);
  return {
    open: await make(),
    vault: await make(
      policyOf(
        lets(`arn:aws:iam::${data}:root`, ['kms:DescribeKey', 'kms:PutKeyPolicy']),
        lets([`arn:aws:iam::${data}:role/named`, ...readers], ['kms:Decrypt']),
      ),
    ),
  };
}
