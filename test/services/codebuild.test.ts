import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import { projects } from '../../lab/aws/services/codebuild.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import type { Table } from '../../src/tables/table.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const policy = (
  principal: unknown,
  action: unknown = ['codebuild:BatchGetProjects', 'codebuild:StartBuild'],
) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: '*' }] });

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '444444444444' });
  const place = { partition: 'aws', region, accountId: data } as const;
  const own = addKey(account, awsMaterialKey(place, 'own'), 'alias/own').metadata.Arn;
  addKey(account, awsManagedKey(place, 's3'), 'alias/aws/s3');
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: owner.id }, 'foreign')).metadata.Arn;
  const s3 = `arn:aws:kms:${region}:${data}:alias/aws/s3`;
  projects.add(account, region, { name: 'silent', policy: policy({ AWS: reader }) });
  projects.add(account, region, { name: 'managed', encryptionKey: s3, policy: policy('*') });
  projects.add(account, region, { name: 'own', encryptionKey: own });
  projects.add(account, region, { name: 'by-alias', encryptionKey: 'alias/own' });
  projects.add(account, region, { name: 'foreign', encryptionKey: foreign });
  projects.add(account, region, { name: 'off', encryptionKey: own, encryptionDisabled: true });
  projects.add(account, region, { name: 'run', policy: policy({ AWS: reader }, 'codebuild:StartBuild') });
  return { organization, account };
}

function rowsOf(faults: readonly Fault[] = [], tables: readonly Table[] = [resources], more = 0) {
  const { organization, account } = world();
  for (let index = 0; index < more; index++) projects.add(account, region, { name: `z${index}` });
  return readService(organization, { accountId: data, region }, 'codebuild', {
    faults,
    tables,
  });
}

const nameOf = (arn: unknown) => String(arn).split('/').at(-1);

describe('CodeBuild projects', () => {
  it('are read with their keys and who sees them', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      nameOf(row.arn),
      row.encryption_state,
      row.key_type,
      row.shared_account_ids,
      row.shared_with_anyone,
      row.cross_account_use,
      row.cross_account_read,
      row.judged_operation,
    ]);
    const customer = 'customer_managed_aws_material';
    const none = [[], false, 'not_shared', null, null];
    expect(seen.toSorted()).toEqual([
      ['by-alias', 'kms', customer, ...none],
      ['foreign', 'kms', customer, ...none],
      ['managed', 'kms', 'aws_managed', [], true, 'no_kms_barrier', null, 'describe'],
      ['off', 'none', null, ...none],
      ['own', 'kms', customer, ...none],
      ['run', 'kms', 'aws_managed', ...none],
      ['silent', 'kms', 'aws_managed', [reader], false, 'no_kms_barrier', null, 'describe'],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('are described by the hundred', async () => {
    const { rows, requests } = await rowsOf([], [resources], 200);
    expect(rows).toHaveLength(207);
    expect(requests).toMatchObject({ 'codebuild:ListProjects': 3, 'codebuild:BatchGetProjects': 3 });
  });

  it.each([
    ['codebuild:BatchGetProjects', 'encryption_state'],
    ['codebuild:GetResourcePolicy', 'shared_account_ids'],
  ] as const)('where %s is denied, say so', async (operation, column) => {
    const { rows } = await rowsOf([{ operation, effect: { kind: 'deny' } }]);
    expect(rows.map(({ arn }) => nameOf(arn)).toSorted()).toHaveLength(7);
    for (const row of rows) {
      expect(row[column]).toBeNull();
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
  });

  it('are not described where only policies are asked for', async () => {
    const { sink, requests } = await rowsOf([], [resourcePolicies]);
    expect(
      sink
        .rows(resourcePolicies)
        .map(({ resource_arn }) => nameOf(resource_arn))
        .toSorted(),
    ).toEqual(['managed', 'run', 'silent']);
    expect(requests).not.toHaveProperty(['codebuild:BatchGetProjects']);
  });
});
