import { describe, expect, it } from 'vitest';
import type { Fault } from './read-service.ts';
import { accountId, readService, region, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';
const columns = ['resource_type', 'encryption_state', 'key_type', 'cross_account_use'];

function world() {
  const keys = regionOfKeys();
  const { add, own, foreign } = keys;
  add.detector({ id: '1' });
  add.publishingDestination({ id: 'own', key: own });
  add.publishingDestination({ id: 'foreign', key: foreign });
  add.publishingDestination({ id: 'silent' });
  add.publishingDestination({ id: 'of-another', detector: '2', key: own });
  return keys.organization;
}

const rowsOf = (...faults: Fault[]) => readService(world(), 'guardduty', ...faults);

describe('publishing destinations of GuardDuty', () => {
  it('are read with their keys', async () => {
    const read = await rowsOf();
    expect(seen(read, ...columns)).toEqual([
      ['foreign', 'publishing_destination', 'kms', customer, 'not_shared'],
      ['own', 'publishing_destination', 'kms', customer, 'not_shared'],
      ['silent', 'publishing_destination', 'unknown', null, 'not_shared'],
    ]);
    expect(read.rows.map(({ arn }) => arn)).toContain(
      `arn:aws:guardduty:${region}:${accountId}:detector/1/publishingDestination/own`,
    );
    expect([...read.sink.said]).toEqual([]);
    expect(read.calls('guardduty')).toEqual({
      'guardduty:ListDetectors': 1,
      'guardduty:ListPublishingDestinations': 1,
      'guardduty:DescribePublishingDestination': 3,
    });
  });

  it('are listed to the last page', async () => {
    const { rows } = await rowsOf({
      operation: 'guardduty:ListPublishingDestinations',
      effect: { kind: 'short_pages', entries: 2 },
    });
    expect(rows).toHaveLength(3);
  });

  it('that cannot be described are rows without a key', async () => {
    const operation = 'guardduty:DescribePublishingDestination';
    const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect(rows.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
      Array(3).fill([null, [operation]]),
    );
    expect([...sink.said].join()).toContain(operation);
  });

  it.each(['guardduty:ListDetectors', 'guardduty:ListPublishingDestinations'])(
    'are not known to be all where %s fails',
    async (operation) => {
      const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
      expect(rows).toEqual([]);
      expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
    },
  );

  it('are none where GuardDuty is off', async () => {
    const { rows, sink, calls } = await readService(regionOfKeys().organization, 'guardduty');
    expect([rows, [...sink.said]]).toEqual([[], []]);
    expect(calls('guardduty')).toEqual({ 'guardduty:ListDetectors': 1 });
  });
});
