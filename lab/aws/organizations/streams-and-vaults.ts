import { addAccount, addKey, newOrganization } from '../build.ts';
import { awsManagedKey } from '../keys.ts';
import type { SimAccount, SimOrganization } from '../model.ts';
import { vaults } from '../services/backup.ts';
import { streams } from '../services/kinesis.ts';
import { demoAccounts } from './demo-accounts.ts';
import { addKeys, type Keys, letIn } from './shared-resources.ts';

const region = 'us-east-1';
const { data, compute, legacy } = demoAccounts;

/** Kinesis data streams and Backup vaults of the data account that let in the compute account. */
export function streamsAndVaults(): SimOrganization {
  const organization = newOrganization();
  const owner = addAccount(organization, { id: data, name: 'data' });
  addAccount(organization, { id: compute, name: 'compute' });
  // Nobody can enter it, so nothing is known of its keys.
  addAccount(organization, { id: legacy, name: 'legacy', roles: new Map() });
  const keys = addKeys(owner);
  addStreams(owner, keys);
  addVaults(owner, keys);
  return organization;
}

/** Each is named for its key, and shared, but for `own`. */
function addStreams(account: SimAccount, keys: Keys): void {
  addManagedKey(account, 'kinesis');
  const shared = (name: string, key: { keyId?: string }) => {
    const policy = letIn('kinesis:GetRecords', `arn:aws:kinesis:${region}:${data}:stream/${name}`);
    streams.add(account, region, { name, policy, ...key });
  };
  shared('aws-managed', { keyId: 'alias/aws/kinesis' });
  shared('admitting', { keyId: keys.admitting });
  shared('closed', { keyId: keys.closed });
  shared('plain', {});
  shared('out-of-reach', { keyId: keys.outOfReach });
  streams.add(account, region, { name: 'own', keyId: keys.closed });
}

function addVaults(account: SimAccount, keys: Keys): void {
  const managed = addManagedKey(account, 'backup');
  const policy = letIn('backup:CopyIntoBackupVault', '*');
  vaults.add(account, region, { name: 'aws-managed', keyArn: managed, policy });
  vaults.add(account, region, { name: 'closed', keyArn: keys.closed, policy });
  vaults.add(account, region, { name: 'asleep', keyArn: keys.asleep, policy });
  vaults.add(account, region, { name: 'out-of-reach', keyArn: keys.outOfReach, policy });
  vaults.add(account, region, { name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', policy });
  vaults.add(account, region, { name: 'own', keyArn: keys.closed });
}

function addManagedKey(account: SimAccount, service: string): string {
  const place = { partition: 'aws', accountId: account.id, region };
  return addKey(account, awsManagedKey(place, service), `alias/aws/${service}`).metadata.Arn;
}
