import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';
import { noIam } from '../../src/enumerate/iam-readings.ts';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { keyAccess } from '../../src/tables/key-access.ts';
import { keyPolicies } from '../../src/tables/key-policies.ts';
import { keys } from '../../src/tables/keys.ts';
import type { Table } from '../../src/tables/table.ts';
import { simulate } from '../aws/simulated.ts';
import { organization as cast, noPolicies } from '../posture/cross-account/cast.ts';
import { RecordingSink } from './recording-sink.ts';
import { scopesOf, turns } from './scopes.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const place = { partition: 'aws', accountId, region };
const partner = '999988887777';
const knowledge = { ...cast, memberAccountIds: new Set([accountId]) };

interface Given {
  readonly faults?: readonly Fault[];
  /** Keys that the last sync saw shared, by name. */
  readonly before?: readonly ('shared' | 'own')[];
  /** False: RAM does not say (any more) that the key is shared. */
  readonly listed?: boolean;
  readonly tables?: readonly Table[];
}

const deny = (input: Fault['input'] = {}) => ({ input, effect: { kind: 'deny' } }) as const;
const noRam: Fault = { operation: 'ram:ListResources', effect: { kind: 'deny' } };
const noRamPolicy: Fault = { operation: 'kms:GetKeyPolicy', ...deny({ PolicyName: 'AWS_RAM' }) };

/** A key that is shared by RAM, one that is not, and an AWS managed key. */
async function visited({ faults = [], before = [], listed = true, tables = [keys] }: Given) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const named = {
    shared: addKey(account, awsMaterialKey(place, 'shared')),
    own: addKey(account, awsMaterialKey(place, 'own')),
  };
  addKey(account, awsManagedKey(place, 's3'), 'alias/aws/s3');
  shareKey(organization, named.shared, [partner], { listed });
  await using simulated = await simulate(organization, { keepRequests: true });
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const nameOf = (id: unknown) =>
    Object.entries(named).find(([, key]) => key.metadata.KeyId === id)?.[0] ?? 'managed';
  let remembered: readonly string[] = [];
  const scopes = await scopesOf(simulated, [], {
    sharedKeyIds: () => new Set(before.map((name) => named[name].metadata.KeyId)),
    remember: (_account, _region, ids) => {
      remembered = ids;
    },
  });
  const sink = new RecordingSink(...tables);
  const visit = {
    scope: { ...place, accountName: 'data' },
    scopes,
    organization: noPolicies,
    knowledge,
    knowledgeWithPolicies: Promise.resolve(knowledge),
    iam: noIam,
    options: { includeGrants: true, includeKeyLastUsage: true, includeKeyMetrics: false, includeIam: false },
    sink,
    selected: sink.tables,
    turns,
    now: new Date(),
    signal: new AbortController().signal,
  };
  await scopes.use(accountId, region, ({ kms, ram }) => kmsKeys.visit({ ...visit, kms, ram }));
  const asked = simulated.simulator.requests.kept
    .filter(({ input }) => input.PolicyName === 'AWS_RAM')
    .map(({ input }) => nameOf(input.KeyId));
  const row = (name: keyof typeof named) =>
    sink.rows(keys).find(({ key_id }) => key_id === named[name].metadata.KeyId);
  return { asked: asked.sort(), remembered: remembered.map(nameOf).sort(), sink, row, nameOf };
}

describe('which keys are asked for the policy of RAM', () => {
  it.each<[what: string, given: Given, asked: readonly string[], remembered: readonly string[]]>([
    ['those that RAM lists', {}, ['shared'], ['shared']],
    ['none that RAM does not list', { listed: false }, [], []],
    ['those that were seen shared before', { listed: false, before: ['shared'] }, ['shared'], ['shared']],
    ['those, too, and no longer when there is no policy', { before: ['own'] }, ['own', 'shared'], ['shared']],
    ['every customer managed key where RAM is denied', { faults: [noRam] }, ['own', 'shared'], ['shared']],
    [
      'every key, where nothing else needs to know who manages it',
      { faults: [noRam], tables: [keyPolicies] },
      ['managed', 'own', 'shared'],
      ['shared'],
    ],
    [
      'those seen before stay, as long as their policy cannot be read',
      { listed: false, before: ['shared', 'own'], faults: [noRamPolicy] },
      ['own', 'shared'],
      ['own', 'shared'],
    ],
    [
      'and as long as they cannot be listed',
      { listed: false, before: ['shared'], faults: [{ operation: 'kms:ListKeys', ...deny() }] },
      [],
      ['shared'],
    ],
  ])('%s', async (_, given, asked, remembered) => {
    expect(await visited(given)).toMatchObject({ asked, remembered });
  });
});

describe('what a share makes of a key', () => {
  it('is sharing, a policy, and who may use it', async () => {
    const { row, sink, nameOf } = await visited({ tables: [keys, keyPolicies, keyAccess] });
    expect(row('shared')).toMatchObject({
      sharing: 'external',
      sharing_complete: true,
      shared_account_ids: [partner],
      shared_by: ['ram'],
      unread_policies: [],
      errors: null,
    });
    expect(row('own')).toMatchObject({ sharing: 'not_shared', sharing_complete: true, shared_by: [] });
    const policies = sink.rows(keyPolicies).map((each) => `${nameOf(each.key_id)} ${each.policy_name}`);
    expect(policies.sort()).toEqual(['managed default', 'own default', 'shared AWS_RAM', 'shared default']);
    expect(sink.rows(keyAccess).filter(({ source }) => source === 'ram')).toMatchObject([
      { source_id: '0', principal_account_id: partner, trust: 'external', certainty: 'unconditional' },
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('is the same where RAM does not tell which keys it shares, and no table is less complete for it', async () => {
    const { row, sink } = await visited({ faults: [noRam], tables: [keys, keyPolicies, keyAccess] });
    expect(row('shared')).toMatchObject({ sharing: 'external', sharing_complete: true, shared_by: ['ram'] });
    expect([...sink.said]).toEqual([]);
  });

  it('is not known where the policy is denied, though the other one is read', async () => {
    const { row, sink } = await visited({ faults: [noRamPolicy], tables: [keys, keyPolicies, keyAccess] });
    expect(row('shared')).toMatchObject({
      sharing: 'unknown',
      sharing_complete: false,
      shared_outside_organization: null,
      shared_by: [],
      unread_policies: ['AWS_RAM'],
      errors: { 'kms:GetKeyPolicy': { code: 'AccessDeniedException' } },
    });
    expect(row('own')).toMatchObject({ sharing: 'not_shared', sharing_complete: true });
    expect([...sink.said].sort()).toEqual([
      'rows missing: key_access kms:GetKeyPolicy AccessDeniedException',
      'rows missing: key_policies kms:GetKeyPolicy AccessDeniedException',
      'value missing: keys kms:GetKeyPolicy AccessDeniedException',
    ]);
  });

  it('is proven where only the other policy is denied', async () => {
    const denied = { operation: 'kms:GetKeyPolicy', ...deny({ PolicyName: 'default' }) };
    const { row } = await visited({ faults: [denied] });
    expect(row('shared')).toMatchObject({
      sharing: 'external',
      sharing_complete: false,
      shared_by: ['ram'],
      unread_policies: ['default'],
    });
  });
});
