import { addAccount, addCustomKeyStore, addKey, newOrganization } from '../../lab/aws/build.ts';
import {
  awsMaterialKey,
  externalKeyStore,
  externalStoreKey,
  importedKey,
  keyPolicy,
  multiRegionFamily,
} from '../../lab/aws/keys.ts';
import type { SimAccount, SimKey, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic } from '../../lab/aws/organizations/messaging.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';

export const [east, west] = ['us-east-1', 'eu-west-1'] as const;
/** `data` owns the keys, `compute` uses them, the others are not of the organization. */
export const users = {
  management: '111111111111',
  data: '222222222222',
  compute: '333333333333',
  vendor: '777788889999',
  partner: '999988887777',
} as const;
const { management, data, compute, vendor, partner } = users;
const place = { partition: 'aws', accountId: data, region: east };

/** A key of an account that the sync cannot enter. */
export const partnersKey = `arn:aws:kms:${east}:${partner}:key/1e9ac700-0000-4000-8000-000000000001`;
const store = externalKeyStore('store');
export const storeId = store.CustomKeyStoreId;

/**
 * Keys that are used, or carry something that hangs on them, in each way that there is; and one that nothing uses.
 * `keys`: their ARNs by name.
 */
export function organizationOfUses(): {
  readonly organization: SimOrganization;
  readonly keys: Readonly<Record<string, string>>;
} {
  const organization = newOrganization({ managementAccountId: management });
  const owner = addAccount(organization, { id: data, name: 'data' });
  const user = addAccount(organization, { id: compute, name: 'compute' });
  addCustomKeyStore(owner, east, store);
  const [primary, replica] = multiRegionFamily(place, 'twin', [east, west]) as [SimKey, SimKey];
  const hub = addKey(owner, hubKey(), 'alias/hub');
  const keys: Record<string, SimKey> = {
    hub,
    own: addKey(user, awsMaterialKey({ ...place, accountId: compute }, 'own')),
    idle: addKey(owner, awsMaterialKey(place, 'idle')),
    imported: addKey(owner, importedKey(place, 'imported', { material: 'does_not_expire' })),
    stored: addKey(owner, externalStoreKey(place, 'stored', store)),
    twin: addKey(owner, primary),
    'twin-west': addKey(owner, replica),
  };
  shareKey(organization, hub, [vendor]);
  const arns = Object.fromEntries(Object.entries(keys).map(([name, { metadata }]) => [name, metadata.Arn]));
  useInOwnersAccount(owner, arns);
  useInOtherAccount(user, arns);
  return { organization, keys: arns };
}

/** A bucket of the other account under a key of an account that is not of the organization. */
export function usePartnersKey({ accounts }: SimOrganization): void {
  addBucket(accounts.get(compute) as SimAccount, {
    name: 'under-partners',
    region: east,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: partnersKey },
  });
}

/** Lets the other account use it, by its policy and by grants that services made there. */
function hubKey(): SimKey {
  const grant = (more: object) => ({ Operations: ['Decrypt', 'GenerateDataKey'], ...more });
  return awsMaterialKey(place, 'hub', {
    policy: keyPolicy(place, {
      Sid: 'Compute uses the key',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${compute}:root` },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:CreateGrant'],
      Resource: '*',
    }),
    grants: [
      grant({
        GranteePrincipal: `arn:aws:sts::${compute}:assumed-role/aws:ec2-infrastructure/i-1`,
        Constraints: { EncryptionContextSubset: { 'aws:ebs:id': 'vol-1' } },
      }),
      grant({
        GranteeServicePrincipal: 'braket.amazonaws.com',
        Constraints: { SourceArn: `arn:aws:braket:${east}:${compute}:job/1` },
      }),
      grant({ GranteePrincipal: `arn:aws:iam::${data}:role/app` }),
    ],
  });
}

function useInOwnersAccount(account: SimAccount, { hub = '', twin = '' }: Record<string, string>): void {
  addBucket(account, {
    name: 'lake',
    region: east,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: 'alias/hub' },
  });
  addTopic(account, east, { name: 'news', kmsMasterKeyId: hub });
  addQueue(account, east, { name: 'jobs', kmsMasterKeyId: twin });
  resourcesIn(account, east).encryptVolumes(hub);
}

function useInOtherAccount(account: SimAccount, { hub = '', own = '' }: Record<string, string>): void {
  addBucket(account, {
    name: 'source',
    region: east,
    replication: [{ bucketArn: 'arn:aws:s3:::lake', replicaKmsKeyId: hub, kmsObjects: 'Enabled' }],
  });
  const add = resourcesIn(account, east);
  add.volume({ id: 'vol-1', kmsKeyId: hub });
  add.dbInstance({ id: 'orders', kmsKeyId: hub });
  add.secret({ name: 'password', kmsKeyId: hub });
  add.replicationGroup({ name: 'cache', kmsKeyId: hub });
  // Opened by either key; the image takes both snapshots.
  add.snapshot({ id: 'snap-1', kmsKeyId: own, associatedKmsKeys: [hub] });
  add.snapshot({ id: 'snap-2', kmsKeyId: hub });
  add.snapshot({ id: 'snap-3', kmsKeyId: own });
  add.image({ id: 'ami-1', snapshotIds: ['snap-3', 'snap-2'] });
  // How it connects is under one key, what it writes under another.
  add.replicationEndpoint({ id: 'target', kmsKeyId: own, bucketKeyId: hub });
}
