import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { compute, data, ours, policyOf, region } from '../posture/cross-account/cast.ts';
import { allow } from '../posture/resource/judge.ts';
import { type Fault, readService } from './read-service.ts';

const arn = (name: string) => `arn:aws:logs:${region}:${data}:destination:${name}`;

function rowsOf(fault?: Fault) {
  const organization = newOrganization();
  const here = resourcesIn(addAccount(organization, { id: data }), region);
  const add = (name: string, action: string | string[], principal: unknown, condition?: object) =>
    here.logsDestination({ name, policy: policyOf(allow(arn(name), action, principal, condition)) });
  here.logsDestination({ name: 'alone' });
  add('group', 'logs:PutSubscriptionFilter', compute);
  add('account', ['logs:PutSubscriptionFilter', 'logs:PutAccountPolicy'], compute);
  add('members', 'logs:PutSubscriptionFilter', '*', { StringEquals: { 'aws:PrincipalOrgID': ours } });
  add('public', 'logs:*', '*');
  add('owner', 'logs:PutDestination', compute);
  return readService(organization, { accountId: data, region }, 'logs', {
    faults: [fault],
  });
}

describe('destinations of CloudWatch Logs', () => {
  it('say whose log events they take', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      String(row.arn).split(':destination:')[1],
      row.resource_type,
      row.encryption_state,
      row.cross_account_write,
      row.shared_account_ids,
      row.shared_organization_ids,
      row.shared_with_anyone,
    ]);
    expect(seen.toSorted()).toEqual([
      ['account', 'destination', 'none', 'no_kms_barrier', [compute], [], false],
      ['alone', 'destination', 'none', 'not_shared', [], [], false],
      ['group', 'destination', 'none', 'no_kms_barrier', [compute], [], false],
      ['members', 'destination', 'none', 'no_kms_barrier', [], [ours], false],
      ['owner', 'destination', 'none', 'not_shared', [], [], false],
      ['public', 'destination', 'none', 'no_kms_barrier', [], [], true],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('are listed to the last page, and log groups without them where they are denied', async () => {
    const operation = 'logs:DescribeDestinations';
    const { rows } = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 2 } });
    expect(rows).toHaveLength(6);
    const { sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });
});
