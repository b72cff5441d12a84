import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeCbom } from '../../src/report/cbom/cbom.ts';
import { cleanDatabase } from '../sql/clean-database.ts';
import { databases } from '../sql/database.ts';
import { arn, ids, key, reading, yesterday } from '../sql/rows.ts';
import { type Cells, insert } from '../sql/tables.ts';
import { problemsOf } from './cbom-schema.ts';

const east = 'us-east-1';
const server = databases();
let client: Client;

/** Each kind of key: its spec, usage and state, and what CycloneDX calls it. */
const kinds: readonly [spec: string, usage: string, state: string, algorithm: object, material: object][] = [
  [
    'SYMMETRIC_DEFAULT',
    'ENCRYPT_DECRYPT',
    'Enabled',
    { primitive: 'ae', mode: 'gcm', classicalSecurityLevel: 256, nistQuantumSecurityLevel: 5 },
    { type: 'secret-key', state: 'active', size: 256 },
  ],
  [
    'RSA_2048',
    'ENCRYPT_DECRYPT',
    'Disabled',
    { primitive: 'pke', padding: 'oaep', classicalSecurityLevel: 112, nistQuantumSecurityLevel: 0 },
    { type: 'private-key', state: 'suspended', size: 2048 },
  ],
  [
    'RSA_4096',
    'SIGN_VERIFY',
    'PendingDeletion',
    { primitive: 'signature', cryptoFunctions: ['sign', 'verify'], nistQuantumSecurityLevel: 0 },
    { type: 'private-key', state: 'deactivated', size: 4096 },
  ],
  [
    'ECC_NIST_P256',
    'KEY_AGREEMENT',
    'Enabled',
    { primitive: 'key-agree', curve: 'P-256', nistQuantumSecurityLevel: 0 },
    { type: 'private-key', size: 256 },
  ],
  ['SM2', 'ENCRYPT_DECRYPT', 'Enabled', { primitive: 'pke', curve: 'sm2p256v1' }, { size: 256 }],
  [
    'HMAC_512',
    'GENERATE_VERIFY_MAC',
    'PendingImport',
    { primitive: 'mac', parameterSetIdentifier: '512' },
    { type: 'secret-key', state: 'pre-activation', size: 512 },
  ],
  [
    'ML_DSA_65',
    'SIGN_VERIFY',
    'Enabled',
    { primitive: 'signature', parameterSetIdentifier: '65', nistQuantumSecurityLevel: 3 },
    { type: 'private-key' },
  ],
  [
    'ML_KEM_1024',
    'KEY_AGREEMENT',
    'Enabled',
    { primitive: 'kem', nistQuantumSecurityLevel: 5 },
    { type: 'private-key' },
  ],
  ['RAINBOW_1', 'SIGN_VERIFY', 'Enabled', { primitive: 'signature' }, { type: 'unknown', state: 'active' }],
];

const given: readonly Cells[] = [
  ...kinds.map(([key_spec, key_usage, key_state]) =>
    key(ids.data, east, `key-${key_spec}`, {
      key_spec,
      key_usage,
      key_state,
      creation_date: '2024-02-03 04:05:06',
    }),
  ),
  key(ids.data, east, 'key-unread', {
    key_spec: null,
    key_usage: null,
    key_state: null,
    creation_date: null,
  }),
  key(ids.data, east, 'aws-owned/sqs', { key_type: 'aws_owned', arn: null, key_spec: null }),
];

beforeAll(async () => {
  client = await cleanDatabase(server);
  await insert(client, 'aws_encryption_keys', ...given);
});

async function cbom(): Promise<string> {
  let text = '';
  await writeCbom(client, async (parts) => {
    for await (const part of parts) text += part;
  });
  return text;
}

// biome-ignore lint/suspicious/noExplicitAny: the schema says what it is
const parsed = async (): Promise<any> => JSON.parse(await cbom());

describe('the document', () => {
  test('is CycloneDX 1.6 by its schema, which notices a wrong word', async () => {
    const document = await parsed();
    expect(problemsOf(document)).toEqual([]);
    document.components.at(-1).cryptoProperties.relatedCryptoMaterialProperties.state = 'asleep';
    expect(problemsOf(document)).not.toEqual([]);
  });

  test('is the same for the same rows, and has every reference it names', async () => {
    expect(await cbom()).toBe(await cbom());
    const { components } = await parsed();
    const refs = components.map((each: { 'bom-ref': string }) => each['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const { cryptoProperties } of components) {
      const named = cryptoProperties.relatedCryptoMaterialProperties?.algorithmRef;
      if (named !== undefined) expect(refs).toContain(named);
    }
  });

  test('has every key once, and none that AWS owns', async () => {
    const { components } = await parsed();
    const keys = components.filter(
      (each: { cryptoProperties: { assetType: string } }) =>
        each.cryptoProperties.assetType === 'related-crypto-material',
    );
    const { rows } = await client.query(
      `SELECT arn FROM aws_encryption.current_keys WHERE key_type <> 'aws_owned' ORDER BY arn`,
    );
    expect(keys.map((each: { 'bom-ref': string }) => each['bom-ref']).toSorted()).toEqual(
      rows.map((row) => row.arn).toSorted(),
    );
  });

  test.each(kinds)('%s for %s that is %s', async (spec, usage, _state, algorithm, material) => {
    const { components } = await parsed();
    const of = (ref: string) => components.find((each: { 'bom-ref': string }) => each['bom-ref'] === ref);
    const { relatedCryptoMaterialProperties: told } = of(arn(ids.data, east, `key-${spec}`)).cryptoProperties;
    expect(told).toMatchObject({ ...material, creationDate: '2024-02-03T04:05:06Z' });
    const named = of(told.algorithmRef);
    expect(named.cryptoProperties.algorithmProperties).toMatchObject(algorithm);
    expect(told.algorithmRef.endsWith(`/${spec}/${usage}`)).toBe(true);
  });

  test('what was not read of a key is unknown, and no value stands in for it', async () => {
    const { components } = await parsed();
    const unread = components.find((each: { name: string }) => each.name.endsWith('key-unread'));
    const told = unread.cryptoProperties.relatedCryptoMaterialProperties;
    expect(Object.keys(told).toSorted()).toEqual(['algorithmRef', 'id', 'type']);
    expect([told.type, told.algorithmRef]).toEqual(['unknown', 'algorithm/unknown/unknown/unknown']);
    expect(unread.properties).toContainEqual({ name: 'aws-encryption:key_state', value: 'unknown' });
  });
});

describe('what was not seen', () => {
  const coverage = ({ metadata }: { metadata: { properties: { name: string; value: string }[] } }) =>
    metadata.properties.find(({ name }) => name === 'aws-encryption:coverage')?.value;

  test('nothing: the composition is complete', async () => {
    const document = await parsed();
    expect([document.compositions, document.annotations, coverage(document)]).toEqual([
      [{ aggregate: 'complete', assemblies: ['aws-accounts'] }],
      [],
      'complete',
    ]);
  });

  test('keys of a region: incomplete, with the place and why', async () => {
    const failed = reading(ids.compute, east, 'keys', {
      status: 'failed',
      reason: 'access_denied',
      message: 'Denied.',
    });
    await insert(client, 'aws_encryption_coverage', failed);
    const document = await parsed();
    expect(problemsOf(document)).toEqual([]);
    expect([document.compositions[0].aggregate, coverage(document)]).toEqual(['incomplete', 'partial']);
    expect(document.annotations.map(({ text }: { text: string }) => text)).toEqual([
      `account ${ids.compute}, ${east}: failed, keys may be missing. access_denied: Denied.`,
    ]);
    await client.query(`DELETE FROM aws_encryption_coverage WHERE account_id = '${ids.compute}'`);
  });

  test('an account that nobody can enter: incomplete', async () => {
    const locked = reading(ids.legacy, 'global', '*', {
      ...yesterday,
      status: 'skipped',
      reason: 'account_suspended',
    });
    await insert(client, 'aws_encryption_coverage', locked);
    const document = await parsed();
    expect([document.compositions[0].aggregate, document.annotations.length]).toEqual(['incomplete', 1]);
    await client.query(`DELETE FROM aws_encryption_coverage WHERE account_id = '${ids.legacy}'`);
  });

  test('nothing was read at all: incomplete', async () => {
    await client.query('TRUNCATE aws_encryption_coverage');
    const document = await parsed();
    expect(problemsOf(document)).toEqual([]);
    expect([document.compositions[0].aggregate, coverage(document)]).toEqual(['incomplete', 'partial']);
  });
});
