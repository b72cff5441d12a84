import { describe, expect, it } from 'vitest';
import { readService, regionOfKeys, seen } from './region-of-keys.ts';

const operation = 'config:DescribeDeliveryChannels';
const customer = 'customer_managed_aws_material';
const columns = ['resource_type', 'encryption_state', 'key_type', 'cross_account_use'];

describe('delivery channels of Config', () => {
  it('are read where they have a key', async () => {
    const { organization, add, own, foreign } = regionOfKeys();
    add.deliveryChannel({ name: 'own', key: own });
    add.deliveryChannel({ name: 'foreign', key: foreign });
    add.deliveryChannel({ name: 'odd', key: 'alias/audit' });
    add.deliveryChannel({ name: 'plain' });
    const read = await readService(organization, 'config');
    expect(seen(read, ...columns)).toEqual([
      ['foreign', 'delivery_channel', 'kms', customer, 'not_shared'],
      ['odd', 'delivery_channel', 'unknown', null, 'not_shared'],
      ['own', 'delivery_channel', 'kms', customer, 'not_shared'],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.calls('config')).toEqual({ [operation]: 1 });
  });

  it.each(['deny', 'empty_body'] as const)('are not known where the call fails by %s', async (kind) => {
    const { organization } = regionOfKeys();
    const { rows, sink } = await readService(organization, 'config', { operation, effect: { kind } });
    expect(rows).toEqual([]);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });
});
