import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { ecrRegistryRules } from '../../src/services/ecr/rules.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import { compute, customerKey, data, policyOf, region, root, vendor } from '../posture/cross-account/cast.ts';
import { allow, deny, judge } from '../posture/resource/judge.ts';
import { type Fault, readService } from './read-service.ts';

const place = `arn:aws:ecr:${region}:${data}`;
const registry = `${place}:registry`;
const all = `${place}:repository/*`;
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** A registry whose policy and a repository of which let in others. */
function world(policy: string | null) {
  const organization = newOrganization();
  const here = resourcesIn(addAccount(organization, { id: data }), region);
  here.repository({ name: 'plain' });
  here.repository({
    name: 'shared',
    policy: policyOf({ ...allow('', pull, root(vendor)), Resource: undefined }),
  });
  if (policy !== null) here.registryPolicy({ name: 'of-registry', policy });
  return organization;
}

async function rowsOf(policy: string | null, fault?: Fault) {
  const { sink, rows } = await readService(world(policy), { accountId: data, region }, 'ecr', {
    faults: [fault],
    tables: [resources, resourcePolicies],
  });
  const seen = rows.map((row) => [
    String(row.arn).slice(place.length + 1),
    row.cross_account_read,
    row.cross_account_write,
    row.shared_account_ids,
  ]);
  const policies = sink.rows(resourcePolicies).map((row) => String(row.resource_arn).slice(place.length + 1));
  return { sink, seen: seen.toSorted(), policies: policies.toSorted() };
}

describe('the policy of a registry', () => {
  it('that is not there has no row', async () => {
    const { seen, policies, sink } = await rowsOf(null);
    expect(seen).toEqual([
      ['repository/plain', 'not_shared', 'not_shared', []],
      ['repository/shared', 'no_kms_barrier', 'not_shared', [vendor]],
    ]);
    expect(policies).toEqual(['repository/shared']);
    expect([...sink.said]).toEqual([]);
  });

  it('for replication is a row of its own, writes into every repository and reads none', async () => {
    const actions = ['ecr:ReplicateImage', 'ecr:CreateRepository'];
    const { seen, policies } = await rowsOf(policyOf(allow(all, actions, root(compute))));
    expect(seen[0]).toEqual(['registry', 'not_shared', 'no_kms_barrier', [compute]]);
    expect(seen[1]).toEqual(['repository/plain', 'not_shared', 'no_kms_barrier', [compute]]);
    expect(policies).toEqual(['registry', 'repository/shared']);
  });

  it('holds for every repository as well', async () => {
    const { seen } = await rowsOf(policyOf(allow(all, pull, root(compute))));
    expect(seen).toEqual([
      ['registry', 'no_kms_barrier', 'not_shared', [compute]],
      ['repository/plain', 'no_kms_barrier', 'not_shared', [compute]],
      ['repository/shared', 'no_kms_barrier', 'not_shared', [compute, vendor]],
    ]);
  });

  it('keeps out whom a repository lets in', async () => {
    const { seen } = await rowsOf(policyOf(deny(all, 'ecr:*', '*')));
    expect(seen.at(-1)).toEqual(['repository/shared', 'not_shared', 'not_shared', []]);
  });

  it('for one repository is for no other', async () => {
    const { seen } = await rowsOf(policyOf(allow(`${place}:repository/plain`, pull, root(compute))));
    expect(seen.slice(1).map(([, , , accounts]) => accounts)).toEqual([[compute], [vendor]]);
  });

  it('that is denied leaves open whom repositories let in', async () => {
    const operation = 'ecr:GetRegistryPolicy';
    const { seen, sink } = await rowsOf(null, { operation, effect: { kind: 'deny' } });
    expect(seen).toEqual([
      ['repository/plain', 'unknown', 'unknown', null],
      ['repository/shared', 'unknown', 'unknown', [vendor]],
    ]);
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });
});

it.each([
  ['everybody', '*', 'ecr:ReplicateImage', { write: 'no_kms_barrier', anyone: true }],
  ['by all actions', root(compute), 'ecr:*', { write: 'no_kms_barrier', read: 'no_kms_barrier' }],
  [
    'who pushes',
    root(compute),
    [
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
    ],
    { write: 'no_kms_barrier', read: 'not_shared' },
  ],
  ['for a token, which is nobody else’s', root(compute), 'ecr:GetAuthorizationToken', { use: 'not_shared' }],
])('%s', (_what, principal, action, expected) => {
  const statements = [allow('*', action, principal)];
  expect(judge(ecrRegistryRules, registry, statements, customerKey())).toMatchObject(expected);
});
