import { describe, expect, it } from 'vitest';
import { workspaceEncryption } from '../../src/services/aps/rules.ts';
import { accountId, admitting, reader, readService, regionOfKeys, seen } from './region-of-keys.ts';

/** Workspaces under every sort of key, shared in every way. */
function world() {
  const made = regionOfKeys();
  const { add, own, foreign } = made;
  add.workspace({ id: 'ws-default' });
  add.workspace({ id: 'ws-alone', kmsKeyArn: own });
  add.workspace({ id: 'ws-shared', policy: admitting(['aps:QueryMetrics', 'aps:RemoteWrite']) });
  add.workspace({ id: 'ws-own', kmsKeyArn: own, policy: admitting('aps:QueryMetrics') });
  add.workspace({ id: 'ws-foreign', kmsKeyArn: foreign, policy: admitting('aps:RemoteWrite') });
  add.workspace({ id: 'ws-public', kmsKeyArn: own, policy: admitting('aps:*', '*') });
  // No policy gives what is none of Prometheus' own calls.
  add.workspace({ id: 'ws-void', policy: admitting(['aps:DescribeWorkspace', 'aps:DeleteWorkspace']) });
  add.workspace({ id: 'ws-alerts', policy: admitting('aps:ListAlerts') });
  return made.organization;
}

const columns = [
  'encryption_state',
  'key_account_id',
  'cross_account_read',
  'cross_account_write',
  'shared_account_ids',
];

describe('what is read of workspaces of Managed Service for Prometheus', () => {
  it('is their keys, and whom their policies let query and send', async () => {
    const read = await readService(world(), 'aps');
    expect(seen(read, ...columns)).toEqual([
      ['ws-alerts', 'aws_owned', null, 'not_shared', 'not_shared', [reader]],
      ['ws-alone', 'kms', accountId, 'not_shared', 'not_shared', []],
      ['ws-default', 'aws_owned', null, 'not_shared', 'not_shared', []],
      ['ws-foreign', 'kms', '444444444444', 'not_shared', 'blocked_by_key_policy', [reader]],
      ['ws-own', 'kms', accountId, 'blocked_by_key_policy', 'not_shared', [reader]],
      ['ws-public', 'kms', accountId, 'blocked_by_key_policy', 'blocked_by_key_policy', []],
      ['ws-shared', 'aws_owned', null, 'no_kms_barrier', 'no_kms_barrier', [reader]],
      ['ws-void', 'aws_owned', null, 'not_shared', 'not_shared', []],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.calls('aps')).toEqual({ 'aps:ListWorkspaces': 1, 'aps:DescribeResourcePolicy': 8 });
  });

  it.each(['deny', 'empty_body'] as const)(
    'is not who is let in, where policies fail by %s',
    async (kind) => {
      const operation = 'aps:DescribeResourcePolicy';
      const { rows } = await readService(world(), 'aps', { operation, effect: { kind } });
      expect(rows.map((row) => [row.cross_account_use, Object.keys(row.errors ?? {})])).toEqual(
        rows.map(() => ['unknown', [operation]]),
      );
    },
  );

  it('goes to the last page, and is not whole where the list fails', async () => {
    const operation = 'aps:ListWorkspaces';
    const paged = await readService(world(), 'aps', {
      operation,
      effect: { kind: 'short_pages', entries: 3 },
    });
    expect(seen(paged, ...columns)).toEqual(seen(await readService(world(), 'aps'), ...columns));
    for (const kind of ['deny', 'empty_body', 'repeated_marker'] as const) {
      const { sink } = await readService(world(), 'aps', { operation, effect: { kind } });
      expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
    }
  });
});

it.each([
  ['arn', { state: 'kms', key: 'arn' }],
  [null, { state: 'aws_owned', key: null }],
])('the encryption of one that is said to have the key %s', (key, expected) => {
  expect(workspaceEncryption(key)).toEqual(expected);
});
