import { describe, expect, it } from 'vitest';
import { iotEncryption } from '../../src/services/iot/rules.ts';
import { siteWiseEncryption } from '../../src/services/iotsitewise/rules.ts';
import { traceEncryption } from '../../src/services/xray/rules.ts';
import { accountId, type RegionOfKeys, readService, region, regionOfKeys } from './region-of-keys.ts';

/* What accounts set for all data of a service in a region. */

type Set = (keys: RegionOfKeys) => unknown;
const nothing: Set = () => undefined;
const customer = 'customer_managed_aws_material';

/** Service, what is set, how that is encrypted, and by which type of key. */
const settings: readonly (readonly [
  service: string,
  what: string,
  Set,
  state: string,
  keyType: string | null,
])[] = [
  ['xray', 'nothing', nothing, 'aws_owned', 'aws_owned'],
  [
    'xray',
    'an own key',
    ({ add, own }) => add.traceSetting({ name: 'encryption', key: own }),
    'kms',
    customer,
  ],
  [
    'xray',
    'the key that AWS manages',
    ({ add, managed }) => {
      managed('xray');
      add.traceSetting({ name: 'encryption', key: 'alias/aws/xray' });
    },
    'kms',
    'aws_managed',
  ],
  [
    'xray',
    "another account's key",
    ({ add, foreign }) => add.traceSetting({ name: 'encryption', key: foreign }),
    'kms',
    customer,
  ],
  ['iot', 'nothing', nothing, 'aws_owned', 'aws_owned'],
  ['iot', 'an own key', ({ add, own }) => add.iotSetting({ name: 'encryption', key: own }), 'kms', customer],
  [
    'iot',
    "another account's key",
    ({ add, foreign }) => add.iotSetting({ name: 'encryption', key: foreign }),
    'kms',
    customer,
  ],
  ['iotsitewise', 'nothing', nothing, 'aws_owned', 'aws_owned'],
  [
    'iotsitewise',
    'an own key',
    ({ add, own }) => add.siteWiseSetting({ name: 'encryption', key: own }),
    'kms',
    customer,
  ],
  [
    'iotsitewise',
    "another account's key",
    ({ add, foreign }) => add.siteWiseSetting({ name: 'encryption', key: foreign }),
    'kms',
    customer,
  ],
  [
    'iotsitewise',
    'a key that is not in use yet',
    ({ add, own }) => add.siteWiseSetting({ name: 'encryption', key: own, state: 'UPDATE_IN_PROGRESS' }),
    'unknown',
    null,
  ],
];

describe.each(settings)('%s with %s', (service, _what, set, state, keyType) => {
  it('is a row', async () => {
    const keys = regionOfKeys();
    set(keys);
    const { rows, sink, calls } = await readService(keys.organization, service);
    expect(rows).toMatchObject([
      {
        arn: `arn:aws:${service}:${region}:${accountId}:encryption-setting`,
        resource_type: 'encryption_setting',
        encryption_state: state,
        key_type: keyType,
        cross_account_use: 'not_shared',
        errors: null,
      },
    ]);
    expect([...sink.said]).toEqual([]);
    expect(Object.values(calls(service))).toEqual([1]);
  });
});

const operations = [
  ['xray', 'xray:GetEncryptionConfig'],
  ['iot', 'iot:DescribeEncryptionConfiguration'],
  ['iotsitewise', 'iotsitewise:DescribeDefaultEncryptionConfiguration'],
] as const;

describe.each(operations)('of %s, %s', (service, operation) => {
  it.each(['deny', 'empty_body', 'malformed_body'] as const)(
    'that fails by %s leaves a row of which nothing is known',
    async (kind) => {
      const { rows, sink } = await readService(regionOfKeys().organization, service, {
        operation,
        effect: { kind },
      });
      expect(rows.map((row) => [row.encryption_state, row.key_type, Object.keys(row.errors ?? {})])).toEqual([
        [null, null, [operation]],
      ]);
      expect([...sink.said].join()).toContain(operation);
    },
  );

  it('that cannot be reached leaves no row, and coverage says so', async () => {
    const effect = { kind: 'cut', when: 'before' } as const;
    const { rows, sink } = await readService(regionOfKeys().organization, service, { operation, effect });
    expect(rows).toEqual([]);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });
});

it.each([
  ['NONE', null, true, { state: 'aws_owned', key: null }],
  ['NONE', null, false, { state: 'unknown', key: null }],
  ['KMS', 'k', true, { state: 'kms', key: 'k' }],
  ['KMS', 'k', false, { state: 'unknown', key: 'k' }],
  ['KMS', null, true, { state: 'unknown', key: null }],
  ['BRAND_NEW', 'k', true, { state: 'unknown', key: 'k' }],
  [null, null, true, { state: 'unknown', key: null }],
])('traces by %s under %s, done: %s', (type, key, isDone, expected) => {
  expect(traceEncryption(type, key, isDone)).toEqual(expected);
});

it.each([
  ['AWS_OWNED_KMS_KEY', null, { state: 'aws_owned', key: null }],
  ['CUSTOMER_MANAGED_KMS_KEY', 'k', { state: 'kms', key: 'k' }],
  ['CUSTOMER_MANAGED_KMS_KEY', null, { state: 'unknown', key: null }],
  [null, null, { state: 'unknown', key: null }],
])('IoT Core by %s under %s', (type, key, expected) => {
  expect(iotEncryption(type, key)).toEqual(expected);
});

it.each([
  ['SITEWISE_DEFAULT_ENCRYPTION', null, true, { state: 'aws_owned', key: null }],
  ['SITEWISE_DEFAULT_ENCRYPTION', null, false, { state: 'unknown', key: null }],
  ['KMS_BASED_ENCRYPTION', 'k', true, { state: 'kms', key: 'k' }],
  ['KMS_BASED_ENCRYPTION', 'k', false, { state: 'unknown', key: 'k' }],
  ['BRAND_NEW', null, true, { state: 'unknown', key: null }],
])('IoT SiteWise by %s under %s, done: %s', (type, key, isDone, expected) => {
  expect(siteWiseEncryption(type, key, isDone)).toEqual(expected);
});
