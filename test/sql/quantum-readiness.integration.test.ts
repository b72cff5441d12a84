import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { ids, key } from './rows.ts';
import { answerWith } from './rows-added.ts';
import type { Cells } from './tables.ts';

const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

const columns = 'algorithm, quantum, is_at_risk_today';
const told = async (more: Cells) => {
  const query = `SELECT ${columns} FROM aws_encryption.quantum_readiness WHERE key_id = 'this'`;
  return answerWith(client, { keys: [key(ids.data, east, 'this', more)] }, query);
};

test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AES-256', 'resistant', false],
  ['HMAC_224', 'GENERATE_VERIFY_MAC', 'HMAC', 'resistant', false],
  ['ML_DSA_65', 'SIGN_VERIFY', 'ML-DSA', 'resistant', false],
  ['ML_KEM_768', 'KEY_AGREEMENT', 'ML-KEM', 'resistant', false],
  ['RSA_4096', 'ENCRYPT_DECRYPT', 'RSA', 'vulnerable', true],
  ['RSA_2048', 'SIGN_VERIFY', 'RSA', 'vulnerable', false],
  ['RSA_2048', null, 'RSA', 'vulnerable', null],
  ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', 'elliptic curve', 'vulnerable', false],
  ['ECC_NIST_P256', 'KEY_AGREEMENT', 'elliptic curve', 'vulnerable', true],
  ['SM2', 'ENCRYPT_DECRYPT', 'SM2', 'vulnerable', true],
  ['RAINBOW_1', 'SIGN_VERIFY', null, 'unknown', null],
  [null, null, null, 'unknown', null],
])('%s for %s is %s: %s', async (spec, usage, ...expected) => {
  expect(await told({ key_spec: spec, key_usage: usage })).toEqual([expected]);
});

test('what China regions call by the name of AES is SM4, of which it is not known', async () => {
  const china = { key_spec: 'SYMMETRIC_DEFAULT', key_usage: 'ENCRYPT_DECRYPT', partition: 'aws-cn' };
  expect(await told(china)).toEqual([['SM4', 'unknown', null]]);
});

test('keys that AWS owns are left out, since nobody sees what they are', async () => {
  expect(await told({ key_type: 'aws_owned', key_spec: null })).toEqual([]);
});

test('every key spec that the rules know has an algorithm', async () => {
  const rules = readFileSync(new URL('../../src/posture/key-spec.ts', import.meta.url), 'utf8');
  const specs = [...rules.matchAll(/\['(\w+)', '/g)].map(([, spec]) => spec ?? '');
  expect(specs.length).toBeGreaterThan(15);
  const given = { keys: specs.map((spec) => key(ids.data, east, spec, { key_spec: spec })) };
  const query = `SELECT key_spec FROM aws_encryption.quantum_readiness WHERE key_spec <> '' AND algorithm IS NULL`;
  expect(await answerWith(client, given, query)).toEqual([]);
});
