import { describe, expect, it } from 'vitest';
import { collect } from '../../src/aws/paging.ts';
import { domainEncryption } from '../../src/services/opensearch/rules.ts';
import { openSearchServerless } from '../../src/services/opensearch-serverless/resources.ts';
import { collectionEncryption } from '../../src/services/opensearch-serverless/rules.ts';
import { oneAnswer, scope } from '../aws/one-answer.ts';
import { admitting, reader, readService, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';

describe('OpenSearch domains', () => {
  const search = admitting('es:ESHttpGet');
  const everything = admitting('es:*');

  function world() {
    const { organization, own, foreign, managed, add } = regionOfKeys();
    add.searchDomain({ name: 'plain' });
    add.searchDomain({ name: 'plain-shared', policy: search });
    add.searchDomain({ name: 'managed-shared', kmsKeyId: managed('es'), policy: search });
    add.searchDomain({ name: 'own', kmsKeyId: own });
    add.searchDomain({ name: 'own-shared', kmsKeyId: own, policy: everything });
    add.searchDomain({ name: 'foreign-shared', kmsKeyId: foreign, policy: search });
    add.searchDomain({ name: 'public', kmsKeyId: own, policy: admitting('es:ESHttp*', '*') });
    add.searchDomain({ name: 'of-aws', encrypted: true, policy: search });
    return organization;
  }

  it('are judged for those whom their policies let in, who need no key', async () => {
    const read = await readService(world(), 'es');
    const columns = ['encryption_state', 'key_type', 'cross_account_read', 'cross_account_write'];
    expect(seen(read, ...columns, 'shared_with_anyone')).toEqual([
      ['foreign-shared', 'kms', customer, 'possible', 'not_shared', false],
      ['managed-shared', 'kms', 'aws_managed', 'possible', 'not_shared', false],
      ['of-aws', 'aws_owned_or_managed', null, 'no_kms_barrier', 'not_shared', false],
      ['own', 'kms', customer, 'not_shared', 'not_shared', false],
      ['own-shared', 'kms', customer, 'possible', 'possible', false],
      ['plain', 'none', null, 'not_shared', 'not_shared', false],
      ['plain-shared', 'none', null, 'no_kms_barrier', 'not_shared', false],
      ['public', 'kms', customer, 'possible', 'possible', true],
    ]);
    expect([...read.sink.said]).toEqual([]);
  });

  it('may be under resource control policies, of which AWS does not say so', async () => {
    const { rows } = await readService(world(), 'es');
    expect(rows.length).toBe(8);
    for (const row of rows)
      expect(row.explanation).toContain('whether resource control policies hold for it');
  });

  it('are searched below the domain: a policy on the domain alone lets nobody search', async () => {
    const { organization, add } = regionOfKeys();
    const arn = 'arn:aws:es:eu-west-1:222222222222:domain/one';
    const on = (Resource: string) =>
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: { AWS: reader }, Action: 'es:ESHttpGet', Resource }],
      });
    add.searchDomain({ name: 'one', policy: on(arn) });
    add.searchDomain({ name: 'two', policy: on(`${arn.replace('one', 'two')}/logs*`) });
    expect(seen(await readService(organization, 'es'), 'cross_account_read', 'shared_account_ids')).toEqual([
      ['one', 'not_shared', []],
      ['two', 'no_kms_barrier', [reader]],
    ]);
  });

  it('have rows that say so where one cannot be described', async () => {
    const operation = 'es:DescribeDomain';
    for (const kind of ['deny', 'malformed_body'] as const) {
      const { rows } = await readService(world(), 'es', { operation, effect: { kind } });
      expect(rows.length).toBe(8);
      for (const row of rows) {
        expect([row.encryption_state, row.shared_account_ids]).toEqual([null, null]);
        expect(Object.keys(row.errors ?? {})).toEqual([operation]);
      }
    }
    const gone = { kind: 'error', status: 409, code: 'ResourceNotFoundException' } as const;
    const { rows } = await readService(world(), 'es', { operation, resource: 'own', effect: gone });
    expect(rows.length).toBe(7);
  });

  it.each(['malformed_body', 'empty_body'] as const)('are not listed by %s', async (kind) => {
    const operation = 'es:ListDomainNames';
    const { sink } = await readService(world(), 'es', { operation, effect: { kind } });
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });

  it.each([
    [
      { enabled: true, kmsKeyId: 'k' },
      { state: 'kms', key: 'k' },
    ],
    [
      { enabled: true, kmsKeyId: null },
      { state: 'aws_owned_or_managed', key: null },
    ],
    [
      { enabled: false, kmsKeyId: null },
      { state: 'none', key: null },
    ],
    [
      { enabled: null, kmsKeyId: null },
      { state: 'unknown', key: null },
    ],
  ])('with %o are encrypted so', (options, expected) => {
    expect(domainEncryption(options)).toEqual(expected);
  });
});

describe('collections of OpenSearch Serverless', () => {
  function world() {
    const { organization, own, foreign, add } = regionOfKeys();
    for (let index = 100; index < 200; index++) add.collection({ id: `plain-${index}` });
    add.collection({ id: 'own', kmsKeyArn: own });
    add.collection({ id: 'foreign', kmsKeyArn: foreign });
    return organization;
  }

  it('tell their key, a page of them in one call', async () => {
    const { rows, sink, calls } = await readService(world(), 'aoss');
    expect(seen({ rows }, 'encryption_state', 'key_type', 'key_account_id').slice(0, 3)).toEqual([
      ['foreign', 'kms', customer, '444444444444'],
      ['own', 'kms', customer, '222222222222'],
      ['plain-100', 'aws_owned', 'aws_owned', null],
    ]);
    expect([rows.length, ...sink.said]).toEqual([102]);
    expect(calls('aoss')).toEqual({ 'aoss:BatchGetCollection': 2, 'aoss:ListCollections': 2 });
  });

  it('have rows that say so where their keys are not told', async () => {
    const operation = 'aoss:BatchGetCollection';
    const { rows } = await readService(world(), 'aoss', { operation, effect: { kind: 'deny' } });
    expect(rows.length).toBe(102);
    for (const row of rows) {
      expect(row.encryption_state).toBeNull();
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
  });

  const place = `arn:aws:aoss:${scope.region}:${scope.accountId}:collection`;
  const collectionSummaries = ['one', 'two'].map((id) => ({ id, arn: `${place}/${id}` }));
  const one = { id: 'one', kmsKeyArn: 'auto' };
  const error = (errorCode: string) => [{ id: 'two', errorCode }];
  it.each([
    [
      'that is gone',
      { collectionDetails: [one], collectionErrorDetails: error('NOT_FOUND') },
      ['known', null],
    ],
    [
      'of another error',
      { collectionDetails: [one], collectionErrorDetails: error('NEW') },
      ['unread', 'unread'],
    ],
    ['that is left out', { collectionDetails: [one] }, ['unread', 'unread']],
  ])('one %s', async (_what, answer, expected) => {
    const aws = await oneAnswer();
    aws.answer = { status: 200, body: JSON.stringify({ collectionSummaries, ...answer }) };
    const listed = await collect(openSearchServerless.list(aws.access, scope, 'all'));
    const found = await Promise.all(listed.map((read) => read()));
    await aws.close();
    const states = found.map((facts) => facts && 'encryption' in facts && facts.encryption.state);
    expect(states).toEqual(expected);
  });

  it.each([
    ['auto', { state: 'aws_owned', key: null }],
    ['k', { state: 'kms', key: 'k' }],
    [null, { state: 'unknown', key: null }],
  ])('under %s are encrypted so', (key, expected) => {
    expect(collectionEncryption(key)).toEqual(expected);
  });
});
