import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import type { ReadOptions } from '../../src/enumerate/enumerator.ts';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { keyAccess } from '../../src/tables/key-access.ts';
import { keyAliases } from '../../src/tables/key-aliases.ts';
import { keyGrants } from '../../src/tables/key-grants.ts';
import { keyLastUsage } from '../../src/tables/key-last-usage.ts';
import { keyMetrics } from '../../src/tables/key-metrics.ts';
import { keyPolicies } from '../../src/tables/key-policies.ts';
import { keyRotations } from '../../src/tables/key-rotations.ts';
import type { Table } from '../../src/tables/table.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { visitRegion } from './visit-region.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const place = { partition: 'aws', accountId, region };
const everything: ReadOptions = {
  includeGrants: true,
  includeKeyLastUsage: true,
  includeKeyMetrics: true,
  includeIam: false,
};

/** An account with a key of its own and an AWS managed key. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  addKey(account, awsMaterialKey(place, 'own'), 'alias/own');
  addKey(account, awsManagedKey(place, 's3'), 'alias/aws/s3');
  return organization;
}

const visited = (simulated: Simulated, table: Table, options = everything) =>
  visitRegion(kmsKeys, simulated, place, table, options);

describe('only the calls that a table needs are made', () => {
  const noGrants = { ...everything, includeGrants: false };
  const noUsage = { ...everything, includeKeyLastUsage: false };
  it.each<[string, Table, ReadOptions, Record<string, number>]>([
    [
      'who may use a key',
      keyAccess,
      everything,
      { 'kms:ListKeys': 1, 'kms:GetKeyPolicy': 2, 'kms:ListGrants': 2, 'ram:ListResources': 1 },
    ],
    [
      'the same without grants',
      keyAccess,
      noGrants,
      { 'kms:ListKeys': 1, 'kms:GetKeyPolicy': 2, 'ram:ListResources': 1 },
    ],
    [
      'policies',
      keyPolicies,
      everything,
      { 'kms:ListKeys': 1, 'kms:GetKeyPolicy': 2, 'ram:ListResources': 1 },
    ],
    ['grants', keyGrants, everything, { 'kms:ListKeys': 1, 'kms:ListGrants': 2 }],
    ['grants that are turned off', keyGrants, noGrants, {}],
    // An AWS managed key answers neither: its metadata tells which one that is.
    [
      'rotations',
      keyRotations,
      everything,
      { 'kms:ListKeys': 1, 'kms:DescribeKey': 2, 'kms:ListKeyRotations': 1 },
    ],
    [
      'last usage',
      keyLastUsage,
      everything,
      { 'kms:ListKeys': 1, 'kms:DescribeKey': 2, 'kms:GetKeyLastUsage': 1 },
    ],
    ['last usage that is turned off', keyLastUsage, noUsage, {}],
    [
      'metrics, of which there are none',
      keyMetrics,
      everything,
      { 'kms:ListKeys': 1, 'cloudwatch:ListMetrics': 1 },
    ],
    ['metrics that are turned off', keyMetrics, { ...everything, includeKeyMetrics: false }, {}],
    ['aliases', keyAliases, everything, { 'kms:ListAliases': 1 }],
  ])('%s', async (_, table, options, calls) => {
    await using simulated = await simulate(world());
    await visited(simulated, table, options);
    expect(simulated.simulator.requests.byOperation()).toEqual(calls);
    expect(Object.keys(calls).every((name) => kmsKeys.calls(table).some((call) => call === name))).toBe(true);
  });
});

it.each([
  ['a policy', keyPolicies, 'kms:GetKeyPolicy'],
  ['grants', keyGrants, 'kms:ListGrants'],
] as const)('a key that is deleted before %s is read was never there', async (_, table, operation) => {
  await using simulated = await simulate(world());
  const effect = { kind: 'error', status: 400, code: 'NotFoundException' } as const;
  simulated.simulator.faults.add({ operation, effect, nth: 1 });
  const sink = await visited(simulated, table);
  expect([...sink.said]).toEqual([]);
});
