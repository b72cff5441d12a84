import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { eventArchives, eventBuses } from '../../lab/aws/services/eventbridge.ts';
import { eventBusRules, eventsEncryption } from '../../src/services/eventbridge/rules.ts';
import { compute, data, keyWith, region, root } from '../posture/cross-account/cast.ts';
import { iamBy } from '../posture/cross-account/iam-case.ts';
import { allow as allows, identity } from '../posture/iam/iam.ts';
import { allow, judge } from '../posture/resource/judge.ts';
import { type Fault, readService } from './read-service.ts';

const place = `arn:aws:events:${region}:${data}`;
const bus = `${place}:event-bus/orders`;
const admitting = (principal: unknown = { AWS: compute }) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'events:PutEvents', Resource: '*' }],
  });

/** A region with buses under every sort of key, shared in every way, and archives. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '333344445555' });
  const keyOf = (of: typeof account, name: string) =>
    addKey(of, awsMaterialKey({ partition: 'aws', region, accountId: of.id }, name)).metadata.Arn;
  const own = keyOf(account, 'own');
  const foreign = keyOf(owner, 'foreign');
  const add = (name: string, keyId: string | undefined, policy: string | null = null) =>
    eventBuses.add(account, region, { name, policy, ...(keyId && { keyId }) });
  add('default', undefined);
  add('aws-owned', undefined, admitting());
  add('alone', own);
  add('own', own, admitting());
  add('foreign', foreign, admitting());
  add('public', own, admitting('*'));
  eventArchives.add(account, region, { name: 'kept', keyId: own });
  eventArchives.add(account, region, { name: 'plain', bus: 'alone' });
  return organization;
}

function rowsOf(fault?: Fault) {
  return readService(world(), { accountId: data, region }, 'events', {
    faults: [fault],
  });
}

describe('what is read of EventBridge', () => {
  it('is its buses, with whom they let put events, and its archives', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      String(row.arn).slice(place.length + 1),
      row.encryption_state,
      row.key_type,
      row.cross_account_write,
      row.shared_with_anyone,
    ]);
    const customer = 'customer_managed_aws_material';
    expect(seen.toSorted()).toEqual([
      ['archive/kept', 'kms', customer, null, false],
      ['archive/plain', 'aws_owned', 'aws_owned', null, false],
      ['event-bus/alone', 'kms', customer, 'not_shared', false],
      ['event-bus/aws-owned', 'aws_owned', 'aws_owned', 'no_kms_barrier', false],
      ['event-bus/default', 'aws_owned', 'aws_owned', 'not_shared', false],
      ['event-bus/foreign', 'kms', customer, 'possible', false],
      ['event-bus/own', 'kms', customer, 'possible', false],
      ['event-bus/public', 'kms', customer, 'possible', true],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it.each([
    ['events:DescribeEventBus', 6],
    ['events:DescribeArchive', 2],
  ])('says where %s is denied', async (operation, count) => {
    const { rows } = await rowsOf({ operation, effect: { kind: 'deny' } });
    const failed = rows.filter(({ errors }) => errors !== null);
    expect(failed.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
      Array.from({ length: count }, () => [null, [operation]]),
    );
  });

  it.each(['events:DescribeEventBus', 'events:DescribeArchive'])(
    'takes no empty answer to %s for one without a key',
    async (operation) => {
      const { rows } = await rowsOf({ operation, effect: { kind: 'empty_body' } });
      expect(rows.filter(({ encryption_state }) => encryption_state === null).length).toBeGreaterThan(1);
    },
  );

  it.each(['events:ListEventBuses', 'events:ListArchives'])(
    'goes to the last page of %s',
    async (operation) => {
      const { rows: atOnce } = await rowsOf();
      const { rows } = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 1 } });
      expect(rows.map(({ arn }) => arn).toSorted()).toEqual(atOnce.map(({ arn }) => arn).toSorted());
    },
  );
});

it('no key is the one that AWS owns', () => {
  expect(eventsEncryption(null)).toEqual({ state: 'aws_owned', key: null });
  expect(eventsEncryption('alias/orders')).toEqual({ state: 'kms', key: 'alias/orders' });
});

describe('a statement on rules', () => {
  const actions = ['events:PutRule', 'events:PutTargets'];
  it.each([
    ["of this bus lets in, by the rules' own ARN", bus, `${place}:rule/orders/*`, 'possible'],
    ['of another bus does not', bus, `${place}:rule/others/*`, 'not_shared'],
    ['of the default bus has no bus in its ARN', `${place}:event-bus/default`, `${place}:rule/*`, 'possible'],
    ['says nothing by the ARN of the bus', bus, bus, 'not_shared'],
  ])('%s', (_what, arn, resource, expected) => {
    const statements = [allow(resource, actions, root(compute))];
    expect(judge(eventBusRules, arn, statements, keyWith()).read).toBe(expected);
  });

  it.each([
    ['this bus', `${place}:rule/orders/*`, 'possible'],
    ['another bus', `${place}:rule/others/*`, 'blocked_by_iam'],
  ])('lets in a role that may for rules of %s', (_what, Resource, expected) => {
    const iam = iamBy([identity(compute, { says: [allows(actions, { Resource })] })]);
    const statements = [allow(`${place}:rule/orders/*`, actions, root(compute))];
    expect(judge(eventBusRules, bus, statements, keyWith(), { iam }).read).toBe(expected);
  });

  it('that limits what a caller chooses lets in all the same', () => {
    const condition = { StringEquals: { 'events:source': 'shop' } };
    const statements = [allow(bus, 'events:PutEvents', root(compute), condition)];
    expect(judge(eventBusRules, bus, statements, keyWith()).write).toBe('possible');
  });
});
