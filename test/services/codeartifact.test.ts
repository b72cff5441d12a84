import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey, disabled } from '../../lab/aws/keys.ts';
import { codeDomains, codeRepositories } from '../../lab/aws/services/codeartifact.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const repositoryArn = (id: string) => `arn:aws:codeartifact:${region}:${data}:repository/${id}`;

const statement = (Action: string, Resource = '*', principal: unknown = { AWS: reader }) => ({
  Effect: 'Allow',
  Principal: principal,
  Action,
  Resource,
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const read = policy(statement('codeartifact:ReadFromRepository'));

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '444444444444' });
  const place = { partition: 'aws', region, accountId: data } as const;
  const own = addKey(account, awsMaterialKey(place, 'own')).metadata.Arn;
  const asleep = addKey(account, disabled(awsMaterialKey(place, 'asleep'))).metadata.Arn;
  const managed = addKey(account, awsManagedKey(place, 'codeartifact'), 'alias/aws/codeartifact').metadata
    .Arn;
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: owner.id }, 'foreign')).metadata.Arn;
  const domain = (name: string, keyArn: string, text: string | null = null) =>
    codeDomains.add(account, region, { name, keyArn, policy: text });
  const repository = (id: string, text: string | null = null) =>
    codeRepositories.add(account, region, { id, policy: text });
  domain('alone', managed);
  repository('alone/shared', read);
  repository('alone/own');
  domain('asleep', asleep, policy(statement('codeartifact:*')));
  repository('asleep/any');
  domain('foreign', foreign, policy(statement('codeartifact:PublishPackageVersion')));
  domain('one', own, policy(statement('codeartifact:Read*', repositoryArn('one/npm'))));
  repository('one/npm');
  repository('one/pypi');
  domain('public', own, policy(statement('codeartifact:ReadFromRepository', '*', '*')));
  repository('public/denied', policy({ ...statement('codeartifact:*', '*', '*'), Effect: 'Deny' }));
  domain('creating', managed, policy(statement('codeartifact:CreateRepository')));
  return organization;
}

function rowsOf(...faults: readonly Fault[]) {
  return readService(world(), { accountId: data, region }, 'codeartifact', {
    faults,
    tables: [resources, resourcePolicies],
  });
}

const nameOf = (arn: unknown) => String(arn).split(':').at(-1)?.replace('repository/', '');

describe('CodeArtifact', () => {
  it('domains and repositories are read, with whom policies of both let in', async () => {
    const { rows, sink, requests } = await rowsOf();
    const seen = rows.map((row) => [
      nameOf(row.arn),
      String(row.key_type).split('_')[0],
      row.cross_account_read,
      row.cross_account_write,
      row.shared_with_anyone,
    ]);
    expect(seen.toSorted()).toEqual([
      ['alone/own', 'aws', 'not_shared', 'not_shared', false],
      ['alone/shared', 'aws', 'possible', 'not_shared', false],
      ['asleep/any', 'customer', 'blocked_by_key_state', 'blocked_by_key_state', false],
      ['domain/alone', 'aws', 'not_shared', 'not_shared', false],
      ['domain/asleep', 'customer', 'blocked_by_key_state', 'blocked_by_key_state', false],
      ['domain/creating', 'aws', 'not_shared', 'not_shared', false],
      ['domain/foreign', 'customer', 'not_shared', 'possible', false],
      ['domain/one', 'customer', 'possible', 'not_shared', false],
      ['domain/public', 'customer', 'possible', 'not_shared', true],
      ['one/npm', 'customer', 'possible', 'not_shared', false],
      ['one/pypi', 'customer', 'not_shared', 'not_shared', false],
      ['public/denied', 'customer', 'not_shared', 'not_shared', false],
    ]);
    expect([...sink.said]).toEqual([]);
    expect(requests).toMatchObject({
      'codeartifact:ListDomains': 1,
      'codeartifact:GetDomainPermissionsPolicy': 6,
      'codeartifact:ListRepositoriesInDomain': 6,
      'codeartifact:GetRepositoryPermissionsPolicy': 6,
    });
  });

  it('a policy is told where it is attached only', async () => {
    const { sink } = await rowsOf();
    const attached = sink.rows(resourcePolicies).map(({ resource_arn }) => nameOf(resource_arn));
    expect(attached.toSorted()).toEqual([
      'alone/shared',
      'domain/asleep',
      'domain/creating',
      'domain/foreign',
      'domain/one',
      'domain/public',
      'public/denied',
    ]);
  });

  it('without the policy of its domain nothing is known of a repository', async () => {
    const operation = 'codeartifact:GetDomainPermissionsPolicy';
    const { rows } = await rowsOf({ operation, effect: { kind: 'deny' } });
    for (const row of rows) {
      expect([row.cross_account_read, row.cross_account_write]).toEqual(['unknown', 'unknown']);
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
    expect(rows).toHaveLength(12);
  });

  it('without its own policy, neither', async () => {
    const operation = 'codeartifact:GetRepositoryPermissionsPolicy';
    const { rows } = await rowsOf({ operation, effect: { kind: 'deny' } });
    const repositories = rows.filter(({ resource_type }) => resource_type === 'repository');
    expect(repositories).toHaveLength(6);
    for (const row of repositories) expect(row.cross_account_read).toBe('unknown');
  });

  it('repositories that cannot be listed are not missing in silence, and others are read', async () => {
    const operation = 'codeartifact:ListRepositoriesInDomain';
    const { rows, sink } = await rowsOf({ operation, resource: 'one', effect: { kind: 'deny' } });
    expect(rows).toHaveLength(10);
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });

  it.each(['codeartifact:ListDomains', 'codeartifact:ListRepositoriesInDomain'])(
    'the listing %s goes to its last page',
    async (operation) => {
      const { rows } = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 1 } });
      expect(rows).toHaveLength(12);
    },
  );
});
