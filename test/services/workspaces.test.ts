import { describe, expect, it } from 'vitest';
import { volumeEncryption } from '../../src/services/workspaces/rules.ts';
import { readService, regionOfKeys } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';

function world() {
  const keys = regionOfKeys();
  const { add, own, foreign, managed } = keys;
  add.desktop({ id: 'ws-both', key: own });
  add.desktop({ id: 'ws-plain' });
  add.desktop({ id: 'ws-user', key: foreign, root: false });
  add.desktop({ id: 'ws-managed', key: managed('workspaces'), user: null });
  return keys.organization;
}

describe('the volumes of WorkSpaces', () => {
  it('are read one by one', async () => {
    const { rows, sink, calls } = await readService(world(), 'workspaces');
    const told = rows.map((row) => [
      String(row.arn).split('workspace/')[1],
      row.resource_type,
      row.encryption_state,
      row.key_type,
      row.cross_account_use,
    ]);
    expect(told.toSorted()).toEqual([
      ['ws-both/root-volume', 'root_volume', 'kms', customer, 'not_shared'],
      ['ws-both/user-volume', 'user_volume', 'kms', customer, 'not_shared'],
      ['ws-managed/root-volume', 'root_volume', 'kms', 'aws_managed', 'not_shared'],
      ['ws-managed/user-volume', 'user_volume', 'unknown', null, 'not_shared'],
      ['ws-plain/root-volume', 'root_volume', 'none', null, 'not_shared'],
      ['ws-plain/user-volume', 'user_volume', 'none', null, 'not_shared'],
      ['ws-user/root-volume', 'root_volume', 'none', null, 'not_shared'],
      ['ws-user/user-volume', 'user_volume', 'kms', customer, 'not_shared'],
    ]);
    expect([...sink.said]).toEqual([]);
    expect(calls('workspaces')).toEqual({ 'workspaces:DescribeWorkspaces': 1 });
  });

  it.each(['repeated_marker', 'empty_body'] as const)(
    'whose listing fails by %s are not complete',
    async (kind) => {
      const { sink } = await readService(world(), 'workspaces', {
        operation: 'workspaces:DescribeWorkspaces',
        effect: { kind },
      });
      expect([...sink.said].join()).toContain('listing failed: resources workspaces:DescribeWorkspaces');
    },
  );
});

it.each([
  [true, 'k', { state: 'kms', key: 'k' }],
  [true, null, { state: 'unknown', key: null }],
  [false, 'k', { state: 'none', key: null }],
  [null, 'k', { state: 'unknown', key: 'k' }],
  [null, null, { state: 'unknown', key: null }],
])('a volume that is encrypted: %s, under %s', (isEncrypted, key, expected) => {
  expect(volumeEncryption(isEncrypted, key)).toEqual(expected);
});
