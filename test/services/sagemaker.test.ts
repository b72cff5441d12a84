import { describe, expect, it } from 'vitest';
import { endpointEncryption } from '../../src/services/sagemaker/rules.ts';
import type { Fault } from './read-service.ts';
import { accountId, readService, regionOfKeys, seen } from './region-of-keys.ts';

const foreignId = '444444444444';

function world() {
  const { organization, add, own, foreign } = regionOfKeys();
  add.notebook({ name: 'nb-default' });
  add.notebook({ name: 'nb-own', kmsKeyId: own });
  add.endpointConfig({ name: 'ec-default' });
  add.endpointConfig({ name: 'ec-foreign', kmsKeyId: foreign });
  add.endpointConfig({ name: 'ec-serverless', serverless: true });
  add.studioDomain({ id: 'd-default' });
  add.studioDomain({ id: 'd-former', kmsKeyId: own, formerName: true });
  add.studioDomain({ id: 'd-own', kmsKeyId: own });
  return organization;
}

async function rowsOf(...faults: readonly Fault[]) {
  const read = await readService(world(), 'sagemaker', ...faults);
  return { ...read, seen: seen(read, 'resource_type', 'encryption_state', 'key_account_id', 'errors') };
}

describe('what is read of SageMaker', () => {
  it('is the keys of the volumes of notebooks, endpoints and domains', async () => {
    const read = await rowsOf();
    expect(read.seen).toEqual([
      ['d-default', 'studio_domain', 'aws_owned_or_managed', null, null],
      ['d-former', 'studio_domain', 'kms', accountId, null],
      ['d-own', 'studio_domain', 'kms', accountId, null],
      ['ec-default', 'endpoint_configuration', 'aws_owned', null, null],
      ['ec-foreign', 'endpoint_configuration', 'kms', foreignId, null],
      ['ec-serverless', 'endpoint_configuration', 'unknown', null, null],
      ['nb-default', 'notebook_instance', 'aws_owned_or_managed', null, null],
      ['nb-own', 'notebook_instance', 'kms', accountId, null],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
  });

  it.each([
    ['sagemaker:DescribeNotebookInstance', 2],
    ['sagemaker:DescribeEndpointConfig', 3],
    ['sagemaker:DescribeDomain', 3],
  ])('is not known where %s is denied or says nothing', async (operation, count) => {
    for (const kind of ['deny', 'empty_body', 'bare_object'] as const) {
      const { rows } = await rowsOf({ operation, effect: { kind } });
      const failed = rows.filter(({ errors }) => errors !== null);
      expect(failed.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
        Array(count).fill([null, [operation]]),
      );
    }
  });

  it.each(['ListNotebookInstances', 'ListEndpointConfigs', 'ListDomains'])(
    'goes to the last page of %s, and is not whole where it fails',
    async (name) => {
      const operation = `sagemaker:${name}`;
      const whole = await rowsOf();
      const paged = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 1 } });
      expect(paged.seen).toEqual(whole.seen);
      const { sink } = await rowsOf({ operation, effect: { kind: 'empty_body' } });
      expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
    },
  );
});

it.each([
  ['key', true, { state: 'kms', key: 'key' }],
  ['key', false, { state: 'kms', key: 'key' }],
  [null, false, { state: 'aws_owned', key: null }],
  [null, true, { state: 'unknown', key: null }],
])('an endpoint with the key %s, serverless: %s', (key, hasServerless, expected) => {
  expect(endpointEncryption(key, hasServerless)).toEqual(expected);
});
