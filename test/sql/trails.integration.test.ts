import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { arn, ids, key, letsInCloudTrail, trail, trailArn } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import type { Cells } from './tables.ts';

const { data, compute } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});
afterAll(() => client?.end());

/** What a check says of one trail, in place of the one that is there. */
async function found(id: string, given: Given): Promise<unknown[][]> {
  const check = await queryOfCheck(id);
  return answerWith(
    client,
    given,
    `SELECT resource, status, message FROM (${check}) AS found`,
    `DELETE FROM aws_encryption_resources WHERE service = 'cloudtrail'`,
  );
}

const keptOut = (given: Given) => found('trail-key-keeps-cloudtrail-out', given);

/** Under a key of its own, with these statements. */
const under = (statements: readonly Cells[], ofKey: Cells = {}, ofTrail: Cells = {}): Given => ({
  keys: [key(data, east, 'logs', ofKey)],
  key_access: statements,
  resources: [trail(data, 'logs', ofTrail)],
});
const lets = (more: Cells = {}) => letsInCloudTrail(data, 'logs', more);
const denies = (conditions: unknown, more: Cells = {}) =>
  lets({
    source_id: 'deny',
    effect: 'Deny',
    principal: '*',
    principal_type: 'anyone',
    certainty: 'denied',
    conditions,
    ...more,
  });
const other = 'arn:aws:cloudtrail:us-east-1:333333333333:trail/all';
const ofServices = { Bool: { 'aws:PrincipalIsAWSService': 'true' } };
const ofOthers = {
  StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' },
  BoolIfExists: { 'aws:PrincipalIsAWSService': ['false'] },
};

describe('a trail whose key', () => {
  test.each<[what: string, given: Given, status: string | null]>([
    ['lets it in as AWS’s own policy does', under([lets()]), null],
    ['lets it in whatever it asks', under([lets({ conditions: null })]), null],
    [
      'lets it in for trails of its account',
      under([lets({ conditions: { StringEquals: { 'aws:SourceAccount': [compute, data] } } })]),
      null,
    ],
    [
      'lets it in by a pattern',
      under([lets({ conditions: { ArnLike: { 'AWS:SourceArn': `arn:aws:cloudtrail:*:${data}:trail/*` } } })]),
      null,
    ],
    ['lets nobody in', under([]), 'violation'],
    ['lets another service in', under([lets({ principal: 'logs.amazonaws.com' })]), 'violation'],
    ['lets it do something else', under([lets({ actions: ['kms:DescribeKey'] })]), 'violation'],
    [
      'lets it in for another trail',
      under([lets({ conditions: { StringEquals: { 'aws:SourceArn': other } } })]),
      'violation',
    ],
    [
      'lets it in by a pattern where none counts',
      under([lets({ conditions: { StringEquals: { 'aws:SourceArn': '*' } } })]),
      'violation',
    ],
    ['would let it in, but for a Deny of all', under([lets({ certainty: 'denied' })]), 'violation'],
    ['denies what AWS’s services do', under([lets(), denies(ofServices)]), 'violation'],
    ['denies what others do, services aside', under([lets(), denies(ofOthers)]), null],
    [
      'denies it to all but CloudTrail',
      under([lets(), denies(ofServices, { except_principals: ['cloudtrail.amazonaws.com'] })]),
      null,
    ],
    ['is disabled', under([lets()], { key_state: 'Disabled' }), 'violation'],
    ['is pending deletion', under([lets()], { key_state: 'PendingDeletion' }), 'violation'],
    ['has a state that was not read', under([lets()], { key_state: null }), 'unknown'],
    ['has a state that is new', under([lets()], { key_state: 'Resting' }), 'unknown'],
    ['has a policy that was not read', under([], { sharing_complete: false }), 'unknown'],
    [
      'lets it in by a key that is not known',
      under([lets({ conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })]),
      'unknown',
    ],
    [
      'lets it in by an operator that is not read',
      under([lets({ conditions: { StringNotLike: { 'aws:SourceArn': other } } })]),
      'unknown',
    ],
    [
      'lets it in by a variable',
      under([lets({ conditions: { StringLike: { 'aws:SourceArn': `$\{aws:PrincipalArn}` } } })]),
      'unknown',
    ],
    ['has conditions in no form that is known', under([lets({ conditions: '"odd"' })]), 'unknown'],
    [
      'lets anyone in, services perhaps',
      under([lets({ principal: '*', principal_type: 'anyone', conditions: null })]),
      'unknown',
    ],
    ['may deny it', under([lets(), denies({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } })]), 'unknown'],
    [
      'lets it in, from which an organization policy takes something',
      under([lets({ limited_by: ['p-1'] })]),
      'unknown',
    ],
    [
      'lets it in by a grant with constraints',
      under([lets({ source: 'grant', role: 'grantee', conditions: { EncryptionContextSubset: {} } })]),
      'unknown',
    ],
    ['was not read', under([], {}, { kms_key_arn: arn(compute, east, 'logs') }), 'unknown'],
    ['is not known', under([], {}, { encryption_state: null, kms_key_arn: null }), 'unknown'],
    ['is none', under([], {}, { encryption_state: 'aws_owned', kms_key_arn: null }), null],
  ])('%s', async (_, given, status) => {
    const rows = await keptOut(given);
    expect(rows.map(([of, is]) => [of, is])).toEqual(status === null ? [] : [[trailArn(data), status]]);
  });

  test('is told by its name, with what is wrong', async () => {
    const message = async (given: Given) => (await keptOut(given))[0]?.[2];
    const logs = `CloudTrail cannot write the logs of ${trailArn(data)}`;
    expect(await message(under([]))).toBe(
      `${logs}: the policy of alias/logs does not let it in for this trail`,
    );
    expect(await message(under([lets()], { key_state: 'Disabled' }))).toBe(
      `${logs}: its key alias/logs is Disabled`,
    );
  });
});

test('without any trail nothing is known of trails', async () => {
  for (const id of ['trail-key-keeps-cloudtrail-out', 'trail-without-key']) {
    expect((await found(id, {})).map(([of, status]) => [of, status])).toEqual([[null, 'unknown']]);
  }
});

test.each([
  ['kms', null],
  ['aws_owned', 'violation'],
  ['unknown', 'unknown'],
  [null, 'unknown'],
])('a trail without a key: %s is %s', async (encryption_state, status) => {
  const rows = await found('trail-without-key', { resources: [trail(data, 'orders', { encryption_state })] });
  expect(rows.map(([, is]) => is)).toEqual(status === null ? [] : [status]);
});
