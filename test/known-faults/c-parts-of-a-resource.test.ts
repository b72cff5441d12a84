import { describe, expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { dynamoDbRules } from '../../src/services/dynamodb/rules.ts';
import { lambdaRules } from '../../src/services/lambda/rules.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import {
  awsManagedKey,
  compute,
  data,
  decrypt,
  keyWith,
  policyOf,
  region,
  root,
  type Statement,
} from '../posture/cross-account/cast.ts';
import { allow, deny, type Judgement, judge } from '../posture/resource/judge.ts';

const table = `arn:aws:dynamodb:${region}:${data}:table/orders`;
const bill = `arn:aws:lambda:${region}:${data}:function:bill`;
const query = (resource: string): Statement => allow(resource, 'dynamodb:Query', root(compute));

describe("an index is judged as its table's", () => {
  test.each<[string, readonly Statement[], Partial<Judgement>]>([
    ['any index', [query(`${table}/index/*`)], { use: 'blocked_by_aws_managed_key', shared: [compute] }],
    ['one index', [query(`${table}/index/by-date`)], { use: 'blocked_by_aws_managed_key' }],
    ['table and indexes', [query(`${table}*`)], { use: 'blocked_by_aws_managed_key' }],
    [
      'denied on the indexes, allowed on both: the table is left',
      [query(`${table}*`), deny(`${table}/index/*`, 'dynamodb:Query', '*')],
      { use: 'blocked_by_aws_managed_key' },
    ],
    [
      'denied where it is allowed',
      [query(`${table}/index/*`), deny(`${table}/index/*`, 'dynamodb:*', '*')],
      { use: 'not_shared', shared: [] },
    ],
    [
      'denied on the table, allowed on an index: the index is left',
      [query(`${table}/index/by-date`), deny(table, 'dynamodb:*', '*')],
      { use: 'blocked_by_aws_managed_key' },
    ],
    ["another table's index", [query(`${table}2/index/*`)], { use: 'not_shared' }],
    [
      'what no index can do',
      [allow(`${table}/index/*`, 'dynamodb:GetItem', root(compute))],
      { use: 'not_shared', shared: [] },
    ],
  ])('%s', (_what, statements, expected) => {
    expect(judge(dynamoDbRules, table, statements, awsManagedKey())).toMatchObject(expected);
  });

  test('under a key that admits the account', () => {
    const judged = judge(dynamoDbRules, table, [query(`${table}/index/*`)], keyWith(decrypt(root(compute))));
    expect(judged).toMatchObject({ use: 'possible', read: 'possible', write: 'not_shared' });
  });
});

describe("versions and aliases in a function's own policy", () => {
  test.each([`${bill}:*`, `${bill}:live`, `${bill}:7`, `${bill}*`])('%s', (resource) => {
    const statements = [allow(resource, 'lambda:InvokeFunction', root(compute))];
    expect(judge(lambdaRules, bill, statements, awsManagedKey())).toMatchObject({
      shared: [compute],
      use: 'possible',
    });
  });

  test("another function's", () => {
    const statements = [allow(`${bill}s:*`, 'lambda:InvokeFunction', root(compute))];
    expect(judge(lambdaRules, bill, statements, awsManagedKey())).toMatchObject({ use: 'not_shared' });
  });
});

describe('streams and aliases with policies of their own', () => {
  const label = '2026-11-28T00:00:00.000';
  const stream = `${table}/stream/${label}`;
  const readStream = (...actions: string[]) => policyOf(allow(stream, actions, root(compute)));

  async function rowsOf(build: (add: ReturnType<typeof resourcesIn>, key: string) => void) {
    const organization = newOrganization();
    const account = addAccount(organization, { id: data });
    const place = { partition: 'aws', accountId: data, region };
    build(resourcesIn(account, region), addKey(account, awsMaterialKey(place, 'own')).metadata.Arn);
    await using simulated = await simulate(organization);
    const sink = await visitResources(simulated, new RecordingSink(resources), { accountId: data, region }, [
      'dynamodb',
      'lambda',
    ]);
    return new Map(sink.rows(resources).map((row) => [String(row.arn), row]));
  }

  test.each([
    [
      ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
      'blocked_by_key_policy',
      'read',
    ],
    [['dynamodb:GetRecords'], 'no_kms_barrier', 'do in part'],
    [['dynamodb:DescribeStream'], 'no_kms_barrier', 'describe'],
  ])("a stream's %j under its table's key", async (actions, use, judged) => {
    const rows = await rowsOf((add, key) => {
      add.table({ name: 'orders', kmsKeyArn: key, stream: { label, policy: readStream(...actions) } });
    });
    expect(rows.get(table)).toMatchObject({ cross_account_use: 'not_shared', shared_account_ids: [] });
    expect(rows.get(stream)).toMatchObject({
      resource_type: 'stream',
      encryption_state: 'kms',
      key_type: 'customer_managed_aws_material',
      shared_account_ids: [compute],
      judged_operation: judged,
      cross_account_use: use,
    });
  });

  test('a table that never had a stream is asked for none, and a stream without a policy lets nobody in', async () => {
    const rows = await rowsOf((add) => {
      add.table({ name: 'orders', stream: { label, policy: null } });
      add.table({ name: 'plain' });
    });
    expect([...rows.keys()].sort()).toEqual([table, stream, table.replace('orders', 'plain')]);
    expect(rows.get(stream)).toMatchObject({ cross_account_use: 'not_shared' });
  });

  test("an alias's policy is a row of its own", async () => {
    const policy = policyOf(allow(`${bill}:live`, 'lambda:InvokeFunction', root(compute)));
    const rows = await rowsOf((add, key) => {
      add.function({ name: 'bill', kmsKeyArn: key, aliases: { live: policy } });
    });
    expect(rows.get(bill)).toMatchObject({ shared_account_ids: [], cross_account_use: 'not_shared' });
    expect(rows.get(`${bill}:live`)).toMatchObject({
      resource_type: 'alias',
      shared_account_ids: [compute],
      cross_account_use: 'possible',
      cross_account_write: 'possible',
      writable_account_ids: [compute],
    });
  });
});
