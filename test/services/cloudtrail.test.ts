import { describe, expect, it } from 'vitest';
import { addAccount, addKey } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { eventDataStores, trails } from '../../lab/aws/services/cloudtrail.ts';
import { collect } from '../../src/aws/paging.ts';
import {
  eventDataStores as storeSort,
  trails as trailSort,
} from '../../src/services/cloudtrail/resources.ts';
import { oneAnswer, scope } from '../aws/one-answer.ts';
import { accountId, admitting, readService, region, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';

describe('trails', () => {
  function world() {
    const { organization, account, own, foreign, add } = regionOfKeys();
    const elsewhere = awsMaterialKey({ partition: 'aws', region: 'us-east-1', accountId }, 'of-the-bucket');
    const ofBucket = addKey(account, elsewhere).metadata.Arn;
    add.trail({ name: 'plain' });
    add.trail({ name: 'own', kmsKeyId: own });
    add.trail({ name: 'foreign', kmsKeyId: foreign });
    add.trail({ name: 'key-of-the-bucket', kmsKeyId: ofBucket });
    trails.add(account, 'us-east-1', { name: 'of-another-region' });
    const management = addAccount(organization, { id: '555555555555' });
    trails.add(management, region, { name: 'of-the-organization', isOrganization: true });
    trails.add(management, 'us-east-1', { name: 'of-the-organization-elsewhere', isOrganization: true });
    return organization;
  }

  it('have a row where they are at home, and the key of their bucket’s region', async () => {
    const read = await readService(world(), 'cloudtrail');
    expect(seen(read, 'encryption_state', 'key_type', 'key_account_id', 'cross_account_read')).toEqual([
      ['foreign', 'kms', customer, '444444444444', null],
      ['key-of-the-bucket', 'kms', customer, accountId, null],
      ['own', 'kms', customer, accountId, null],
      ['plain', 'aws_owned', 'aws_owned', null, null],
    ]);
    for (const { explanation } of read.rows) expect(explanation).not.toContain('region');
    expect([...read.sink.said]).toEqual([]);
  });

  it('of somebody who answers shadows all the same have none elsewhere, and what is here has', async () => {
    const aws = await oneAnswer();
    const trail = (home: string, account: string, name: string) => ({
      HomeRegion: home,
      TrailARN: `arn:aws:cloudtrail:${home}:${account}:trail/${name}`,
    });
    const trailList = [
      trail('us-east-1', scope.accountId, 'shadow'),
      trail(scope.region, accountId, 'of-the-organization'),
      trail(scope.region, scope.accountId, 'here'),
    ];
    aws.answer = { status: 200, body: JSON.stringify({ trailList }) };
    const listed = await collect(trailSort.list(aws.access, scope, 'all'));
    await aws.close();
    const found = await Promise.all(listed.map((read) => read()));
    expect(found).toMatchObject([{ arn: `arn:aws:cloudtrail:eu-west-1:${scope.accountId}:trail/here` }]);
  });

  it.each(['malformed_body', 'empty_body'] as const)('are not listed by %s', async (kind) => {
    const operation = 'cloudtrail:DescribeTrails';
    const { sink } = await readService(world(), 'cloudtrail', { operation, effect: { kind } });
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });
});

describe('event data stores', () => {
  const query = admitting(['cloudtrail:StartQuery', 'cloudtrail:GetQueryResults']);

  function world() {
    const { organization, own, foreign, add } = regionOfKeys();
    add.eventDataStore({ name: 'plain' });
    add.eventDataStore({ name: 'plain-shared', policy: query });
    add.eventDataStore({ name: 'own', kmsKeyId: own });
    add.eventDataStore({ name: 'own-shared', kmsKeyId: own, policy: query });
    add.eventDataStore({ name: 'foreign-shared', kmsKeyId: foreign, policy: query });
    add.eventDataStore({ name: 'half', policy: admitting('cloudtrail:GetQueryResults') });
    add.eventDataStore({ name: 'administered', ofAdministrator: query, policy: query });
    const management = addAccount(organization, { id: '555555555555' });
    eventDataStores.add(management, region, { name: 'of-the-organization', isOrganization: true });
    return organization;
  }

  it('are judged for those whom their policies let in', async () => {
    const read = await readService(world(), 'cloudtrail');
    expect(seen(read, 'encryption_state', 'key_type', 'cross_account_read', 'shared_account_ids')).toEqual([
      ['administered', 'aws_owned', 'aws_owned', 'no_kms_barrier', ['333333333333']],
      ['foreign-shared', 'kms', customer, 'blocked_by_key_policy', ['333333333333']],
      ['half', 'aws_owned', 'aws_owned', 'not_shared', ['333333333333']],
      ['own', 'kms', customer, 'not_shared', []],
      ['own-shared', 'kms', customer, 'blocked_by_key_policy', ['333333333333']],
      ['plain', 'aws_owned', 'aws_owned', 'not_shared', []],
      ['plain-shared', 'aws_owned', 'aws_owned', 'no_kms_barrier', ['333333333333']],
    ]);
    expect([...read.sink.said]).toEqual([]);
  });

  it('are not said to be under a key of CloudTrail by an answer that tells nothing', async () => {
    const aws = await oneAnswer();
    const EventDataStoreArn = `arn:aws:cloudtrail:${scope.region}:${scope.accountId}:eventdatastore/one`;
    aws.answer = { status: 200, body: JSON.stringify({ EventDataStores: [{ EventDataStoreArn }] }) };
    const listed = await collect(storeSort.list(aws.access, scope, 'all'));
    const found = await listed[0]?.();
    await aws.close();
    expect(found).toMatchObject({ encryption: { state: 'unread' }, sharing: { state: 'unread' } });
  });

  it.each([
    ['cloudtrail:GetEventDataStore', 'encryption_state'],
    ['cloudtrail:GetResourcePolicy', 'shared_account_ids'],
  ])('say so where %s is denied or answers nothing', async (operation, column) => {
    for (const kind of ['deny', 'empty_body'] as const) {
      const { rows } = await readService(world(), 'cloudtrail', { operation, effect: { kind } });
      expect(rows.length).toBe(7);
      for (const row of rows) {
        expect(row[column]).toBeNull();
        expect(Object.keys(row.errors ?? {})).toEqual([operation]);
      }
    }
  });
});
