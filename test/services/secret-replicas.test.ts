import { describe, expect, it } from 'vitest';
import { admitting, readService, region, regionOfKeys, seen } from './region-of-keys.ts';

const replica = (accountId: string, status?: string) => ({
  arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:copy-AbCdEf`,
  ...(status && { status }),
});
const policy = admitting('secretsmanager:GetSecretValue');

function world() {
  const keys = regionOfKeys();
  const { add, own } = keys;
  add.secret({ name: 'alone', kmsKeyId: own });
  add.secret({ name: 'shared', kmsKeyId: own, policy });
  add.secret({ name: 'in-sync', kmsKeyId: own, replicas: [replica('333333333333', 'InSync')] });
  add.secret({ name: 'started', replicas: [replica('333333333333', 'InProgress')] });
  add.secret({ name: 'stopped', kmsKeyId: own, replicas: [replica('333333333333', 'Detached')] });
  add.secret({ name: 'new-word', kmsKeyId: own, replicas: [replica('333333333333', 'Perhaps')] });
  add.secret({ name: 'no-word', kmsKeyId: own, replicas: [replica('333333333333')] });
  add.secret({ name: 'both', kmsKeyId: own, policy, replicas: [replica('555555555555', 'InSync')] });
  add.secret({ name: 'replica', kmsKeyId: own, primary: replica('333333333333').arn });
  return keys.organization;
}

const columns = ['cross_account_read', 'cross_account_write', 'shared_account_ids', 'shared_with_anyone'];
const operation = 'secretsmanager:DescribeSecret';

describe('secrets with replicas in other accounts', () => {
  it('are read there whatever their own key says', async () => {
    const read = await readService(world(), 'secretsmanager');
    const other = ['333333333333'];
    const told = seen(read, ...columns).map(([name, ...rest]) => [String(name).slice(0, -7), ...rest]);
    expect(told).toEqual([
      ['alone', 'not_shared', 'not_shared', [], false],
      ['both', 'partly_blocked', 'not_shared', ['333333333333', '555555555555'], false],
      ['in-sync', 'no_kms_barrier', 'not_shared', other, false],
      ['new-word', 'unknown', 'unknown', [], null],
      ['no-word', 'unknown', 'unknown', [], null],
      ['replica', 'unknown', 'unknown', [], null],
      ['shared', 'blocked_by_key_policy', 'not_shared', other, false],
      ['started', 'no_kms_barrier', 'not_shared', other, false],
      ['stopped', 'unknown', 'unknown', [], null],
    ]);
    const [sync] = read.rows.filter(({ arn }) => String(arn).includes(':in-sync-'));
    expect(sync?.explanation).toContain('333333333333 meets no KMS barrier and can read its replica');
    const [stopped] = read.rows.filter(({ arn }) => String(arn).includes(':stopped-'));
    expect(stopped?.explanation).toContain('is Detached, and may have a value of it');
    const [copy] = read.rows.filter(({ arn }) => String(arn).includes(':replica-'));
    expect(copy?.explanation).toContain('whose account writes it by a policy that is not read');
    expect([...read.sink.said]).toEqual([]);
  });

  it.each([
    ['denied', { kind: 'deny' }],
    ['no answer', { kind: 'empty_body' }],
  ] as const)('may be read by others where it is not known: %s', async (_name, effect) => {
    const { rows, sink } = await readService(world(), 'secretsmanager', { operation, effect });
    for (const row of rows) {
      expect(row.shared_with_anyone).toBeNull();
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
      const isShared = /:(?:shared|both)-/.test(String(row.arn));
      expect(row.cross_account_read).toBe(isShared ? 'partly_blocked' : 'unknown');
      if (String(row.arn).endsWith(':alone-AbCdEf')) expect(row.shared_account_ids).toBeNull();
      if (String(row.arn).endsWith(':shared-AbCdEf'))
        expect(row.shared_account_ids).toEqual(['333333333333']);
    }
    expect([...sink.said].some((line) => line.includes(operation))).toBe(true);
  });

  it.each([
    ['known', [], 'blocked_by_aws_managed_key'],
    ['not known', [{ operation, effect: { kind: 'deny' } }], 'partly_blocked'],
  ] as const)('are kept from whoever a policy lets in where replicas are %s', async (_name, faults, use) => {
    const { organization, add, managed } = regionOfKeys();
    managed('secretsmanager');
    const { Statement, ...rest } = JSON.parse(policy);
    const notUnderstood = { ...Statement[0], NotYetKnown: {} };
    add.secret({
      name: 'plain',
      policy: JSON.stringify({ ...rest, Statement: [...Statement, notUnderstood] }),
    });
    const { rows } = await readService(organization, 'secretsmanager', ...faults);
    expect(rows.map((row) => row.cross_account_read)).toEqual([use]);
  });

  it('take values from whom their policies and keys let replicate into them', async () => {
    const { organization, add, own } = regionOfKeys();
    const accepting = admitting('secretsmanager:AcceptCrossAccountReplication');
    add.secret({ name: 'closed', kmsKeyId: own, policy: accepting });
    const read = await readService(organization, 'secretsmanager');
    expect(seen(read, 'cross_account_read', 'cross_account_write', 'judged_operation')).toEqual([
      ['closed-AbCdEf', 'not_shared', 'blocked_by_key_policy', 'replicate into it'],
    ]);
  });

  it('are no rows where they are deleted meanwhile', async () => {
    const effect = { kind: 'error', status: 400, code: 'ResourceNotFoundException' } as const;
    const { rows } = await readService(world(), 'secretsmanager', { operation, effect });
    expect(rows).toEqual([]);
  });

  it('are asked for once each', async () => {
    const { calls } = await readService(world(), 'secretsmanager');
    expect(calls('secretsmanager')[operation]).toBe(9);
  });
});
