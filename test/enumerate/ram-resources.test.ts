import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { awsManagedKey, awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { organizationArn, shareResource, unitArn } from '../../lab/aws/ram-shares.ts';
import { vaults } from '../../lab/aws/services/backup.ts';
import { projects } from '../../lab/aws/services/codebuild.ts';
import { dbClusters } from '../../lab/aws/services/rds.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { visitResources } from './visit-resources.ts';

const data = '222222222222';
const reader = '333333333333';
const partner = '999988887777';
const region = 'eu-west-1';
const place = { partition: 'aws', region, accountId: data } as const;
const vaultArn = (name: string) => `arn:aws:backup:${region}:${data}:backup-vault:${name}`;
const clusterArn = (name: string) => `arn:aws:rds:${region}:${data}:cluster:${name}`;
const role = `arn:aws:iam::${reader}:role/restore`;

type Given = (account: SimAccount) => void;

async function rowsOf(service: string, given: Given, faults: readonly Fault[] = []) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  given(account);
  await using simulated = await simulate(organization, { verifySignatures: true });
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const sink = new RecordingSink(resources);
  await visitResources(simulated, sink, { accountId: data, region }, [service]);
  const rows = new Map(sink.rows(resources).map((row) => [String(row.arn).split(/[:/]/).at(-1), row]));
  return { sink, rows, requests: simulated.simulator.requests.byOperation() };
}

const airGapped = (name: string, more: object = {}) => ({
  name,
  type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
  ...more,
});

/** An air-gapped vault that is shared so, and the verdict on reading from it. */
async function vaultSharedWith(...principals: readonly string[]) {
  const { rows } = await rowsOf('backup', (account) => {
    vaults.add(account, region, airGapped('shared'));
    shareResource(account, vaultArn('shared'), principals);
  });
  return rows.get('shared');
}

describe('what AWS RAM shares', () => {
  it('an air-gapped vault lets in to restoring, beside its policy', async () => {
    const policy = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { AWS: partner }, Action: 'backup:CopyIntoBackupVault', Resource: '*' },
      ],
    });
    const { rows, sink } = await rowsOf('backup', (account) => {
      vaults.add(account, region, airGapped('shared', { policy }));
      vaults.add(account, region, airGapped('own'));
      shareResource(account, vaultArn('shared'), [reader, role]);
      shareResource(account, vaultArn('shared'), [reader]);
    });
    expect(rows.get('shared')).toMatchObject({
      shared_account_ids: [reader, partner],
      shared_access: ['read', 'write'],
      cross_account_read: 'no_kms_barrier',
      readable_account_ids: [reader],
      cross_account_write: 'no_kms_barrier',
      writable_account_ids: [partner],
      judged_operation: 'restore from, copy into',
    });
    expect(rows.get('own')).toMatchObject({ shared_account_ids: [], cross_account_read: 'not_shared' });
    expect([...sink.said]).toEqual([]);
  });

  it('with an organization, a unit, and what nobody knows', async () => {
    const organization = newOrganization();
    expect(await vaultSharedWith(organizationArn(organization))).toMatchObject({
      shared_organization_ids: [organization.id],
      cross_account_read: 'no_kms_barrier',
    });
    const unit = await vaultSharedWith(unitArn(organization, 'ou-exam-11111111'));
    expect(['no_kms_barrier', 'unknown']).toContain(unit?.cross_account_read);
    expect(unit?.cross_account_read).not.toBe('not_shared');
    expect(await vaultSharedWith('workspaces.amazonaws.com')).toMatchObject({
      cross_account_read: 'unknown',
      explanation: expect.stringContaining(
        'workspaces.amazonaws.com, which this version does not understand',
      ),
    });
    expect(await vaultSharedWith(data)).toMatchObject({ cross_account_read: 'not_shared' });
  });

  it('an Aurora cluster is cloned by whom its key admits', async () => {
    const { rows } = await rowsOf('rds', (account) => {
      const admit = keyPolicy(place, {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${reader}:root` },
        Action: ['kms:CreateGrant', 'kms:DescribeKey'],
        Resource: '*',
      });
      const admitting = addKey(account, awsMaterialKey(place, 'a', { policy: admit })).metadata.Arn;
      const closed = addKey(account, awsMaterialKey(place, 'c')).metadata.Arn;
      const managed = addKey(account, awsManagedKey(place, 'rds'), 'alias/aws/rds').metadata.Arn;
      for (const [id, kmsKeyId] of Object.entries({ admitting, closed, managed, own: closed })) {
        dbClusters.add(account, region, { id, kmsKeyId });
        if (id !== 'own') shareResource(account, clusterArn(id), [reader]);
      }
    });
    const uses = [...rows].map(([name, row]) => [name, row.cross_account_read]);
    expect(uses.toSorted()).toEqual([
      ['admitting', 'possible'],
      ['closed', 'blocked_by_key_policy'],
      ['managed', 'blocked_by_aws_managed_key'],
      ['own', 'not_shared'],
    ]);
  });

  it('a project is seen', async () => {
    const { rows } = await rowsOf('codebuild', (account) => {
      projects.add(account, region, { name: 'shared' });
      shareResource(account, `arn:aws:codebuild:${region}:${data}:project/shared`, [reader]);
    });
    expect(rows.get('shared')).toMatchObject({
      shared_account_ids: [reader],
      shared_access: ['read_metadata'],
      cross_account_use: 'no_kms_barrier',
      cross_account_read: null,
    });
  });
});

describe('AWS RAM is asked', () => {
  const some: Given = (account) => {
    for (const name of ['a', 'b', 'c']) vaults.add(account, region, airGapped(name));
    shareResource(account, vaultArn('b'), [reader]);
    shareResource(account, vaultArn('c').replace(data, partner), [reader]);
  };

  it('once what it shares, and of nothing else with whom', async () => {
    const { requests } = await rowsOf('backup', some);
    expect(requests).toMatchObject({ 'ram:ListResources': 1, 'ram:ListPrincipals': 1 });
  });

  it.each([
    ['an empty region', () => {}],
    ['vaults that it cannot share', (account: SimAccount) => vaults.add(account, region, { name: 'a' })],
  ] as const)('nothing for %s', async (_, given) => {
    const { requests } = await rowsOf('backup', given);
    expect(Object.keys(requests).filter((operation) => operation.startsWith('ram:'))).toEqual([]);
  });

  it.each(['ram:ListResources', 'ram:ListPrincipals'])(
    'where %s is denied, nobody says "not shared"',
    async (operation) => {
      const { rows, sink } = await rowsOf('backup', some, [{ operation, effect: { kind: 'deny' } }]);
      const unknown = operation === 'ram:ListResources' ? ['a', 'b', 'c'] : ['b'];
      expect(
        [...rows].filter(([, row]) => row.cross_account_read === 'unknown').map(([name]) => name),
      ).toEqual(unknown);
      for (const name of unknown) {
        expect(rows.get(name)).toMatchObject({ shared_account_ids: null, shared_with_anyone: null });
        expect(Object.keys(rows.get(name)?.errors ?? {})).toEqual([operation]);
        expect(rows.get(name)?.explanation).toContain('whom AWS RAM lets in was not read');
      }
      expect([...sink.said]).toEqual([expect.stringContaining(`value missing: resources ${operation}`)]);
    },
  );

  it('vaults that it cannot share do not depend on it', async () => {
    const { rows } = await rowsOf('backup', (account) => vaults.add(account, region, { name: 'a' }), [
      { operation: 'ram:*', effect: { kind: 'deny' } },
    ]);
    expect(rows.get('a')).toMatchObject({ cross_account_use: 'not_shared', errors: null });
  });
});
