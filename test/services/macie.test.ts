import { describe, expect, it } from 'vitest';
import { accountId, readService, region, regionOfKeys } from './region-of-keys.ts';

const operation = 'macie2:GetClassificationExportConfiguration';
const customer = 'customer_managed_aws_material';
const name = 'session';
const denied = (message: string) =>
  ({ operation, effect: { kind: 'error', status: 401, code: 'AccessDeniedException', message } }) as const;

describe('where Macie stores results', () => {
  it.each(['own', 'foreign'] as const)('is a row with the %s key', async (whose) => {
    const keys = regionOfKeys();
    keys.add.macieSession({ name, key: keys[whose] });
    const { rows, sink } = await readService(keys.organization, 'macie2');
    expect(rows).toMatchObject([
      {
        arn: `arn:aws:macie2:${region}:${accountId}:export-configuration`,
        resource_type: 'export_configuration',
        encryption_state: 'kms',
        kms_key_arn: keys[whose],
        key_type: customer,
        cross_account_use: 'not_shared',
      },
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('is not known to be under the key of an alias, which is of the bucket’s region', async () => {
    const { organization, add } = regionOfKeys();
    add.macieSession({ name, key: 'alias/aws/s3' });
    const { rows } = await readService(organization, 'macie2');
    expect(rows.map((row) => [row.encryption_state, row.kms_key_arn])).toEqual([['unknown', null]]);
  });

  it('is no row where it stores none', async () => {
    const { organization, add } = regionOfKeys();
    add.macieSession({ name });
    const { rows, sink } = await readService(organization, 'macie2');
    expect([rows, [...sink.said]]).toEqual([[], []]);
  });

  it.each(['Macie is not enabled', 'Macie is not enabled.'])(
    'is no row where it is off: %s',
    async (message) => {
      const { rows, sink, calls } = await readService(regionOfKeys().organization, 'macie2', denied(message));
      expect([rows, [...sink.said]]).toEqual([[], []]);
      expect(calls('macie2')).toEqual({ [operation]: 1 });
    },
  );

  it.each([
    `User: arn:aws:sts::${accountId}:assumed-role/r/s is not authorized to perform: ${operation}`,
    'Macie is not enabled for what you ask',
    '',
  ])('is not known where a call is denied otherwise: %s', async (message) => {
    const { rows, sink } = await readService(regionOfKeys().organization, 'macie2', denied(message));
    expect(rows).toEqual([]);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });
});
