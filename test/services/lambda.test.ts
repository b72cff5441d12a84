import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { functions } from '../../lab/aws/services/lambda.ts';
import { aliasEncryption } from '../../src/services/lambda/rules.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import { compute, data, policyOf, region, root } from '../posture/cross-account/cast.ts';
import { allow } from '../posture/resource/judge.ts';
import { type Fault, readService } from './read-service.ts';

const bill = `arn:aws:lambda:${region}:${data}:function:bill`;
const letsInvoke = (part: string, principal: unknown = root(compute)) =>
  policyOf(allow(`${bill}:${part}`, 'lambda:InvokeFunction', principal));

/** A function under a key whose versions were published under others. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const keyOf = (name: string) =>
    addKey(account, awsMaterialKey({ partition: 'aws', region, accountId: data }, name)).metadata.Arn;
  const [own, old] = [keyOf('own'), keyOf('old')];
  functions.add(account, region, {
    name: 'bill',
    kmsKeyArn: own,
    aliases: { live: letsInvoke('live') },
    aliasesOf: '2',
    versions: {
      1: {},
      2: { kmsKeyArn: old },
      3: { policy: letsInvoke('3') },
      4: { kmsKeyArn: own, policy: letsInvoke('4', '*') },
    },
  });
  functions.add(account, region, { name: 'plain' });
  return { organization, own, old };
}

async function rowsOf(organization = world().organization, fault?: Fault) {
  const {
    sink,
    requests: asked,
    rows,
  } = await readService(organization, { accountId: data, region }, 'lambda', {
    faults: [fault],
  });
  return { sink, asked, rows };
}

describe('versions of functions', () => {
  it('have rows where they name a key or have a policy, and aliases the key of theirs', async () => {
    const { organization, own, old } = world();
    const { rows, sink } = await rowsOf(organization);
    const seen = rows.map((row) => [
      String(row.arn).split(':function:')[1],
      row.resource_type,
      row.kms_key_id,
      row.encryption_state,
      row.cross_account_write,
      row.shared_with_anyone,
    ]);
    expect(seen.toSorted()).toEqual([
      ['bill', 'function', own, 'kms', 'not_shared', false],
      ['bill:2', 'version', old, 'kms', 'not_shared', false],
      ['bill:3', 'version', null, 'aws_owned_or_managed', 'no_kms_barrier', false],
      ['bill:4', 'version', own, 'kms', 'possible', true],
      ['bill:live', 'alias', old, 'kms', 'possible', false],
      ['plain', 'function', null, 'aws_owned_or_managed', 'not_shared', false],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('are found by the listing, and each is asked for its policy', async () => {
    expect((await rowsOf()).asked).toMatchObject({
      'lambda:ListFunctions': 1,
      'lambda:ListAliases': 2,
      'lambda:GetPolicy': 7,
    });
  });

  it('are those of their function on whatever page they come', async () => {
    const operation = 'lambda:ListFunctions';
    const { organization } = world();
    const { rows: atOnce } = await rowsOf(organization);
    const { rows } = await rowsOf(organization, { operation, effect: { kind: 'short_pages', entries: 1 } });
    const told = (row: (typeof rows)[number]) => `${row.arn} ${row.kms_key_id}`;
    expect(rows.map(told).toSorted()).toEqual(atOnce.map(told).toSorted());
  });

  it('each have a row where their policies cannot be read', async () => {
    const operation = 'lambda:GetPolicy';
    const { rows } = await rowsOf(undefined, { operation, effect: { kind: 'deny' } });
    expect(rows).toHaveLength(7);
    for (const row of rows)
      expect(row).toMatchObject({ shared_account_ids: null, cross_account_use: 'unknown' });
  });
});

it('what was listed before a page that fails has its rows', async () => {
  const { organization } = world();
  await using simulated = await simulate(organization);
  const operation = 'lambda:ListFunctions';
  const { faults } = simulated.simulator;
  faults.add({ operation, effect: { kind: 'short_pages', entries: 5 } });
  faults.add({ operation, effect: { kind: 'repeated_marker' } });
  const sink = new RecordingSink(resources);
  await visitResources(simulated, sink, { accountId: data, region }, ['lambda']);
  expect(sink.rows(resources).length).toBeGreaterThan(3);
  expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(true);
});

describe('the key of an alias', () => {
  const a = { state: 'kms', key: 'a' } as const;
  const b = { state: 'kms', key: 'b' } as const;
  it.each([
    ['of one version', [a], a],
    ['of two under one key', [a, a], a],
    ['of two under two keys', [a, b], { state: 'unknown', key: 'a' }],
    ['of a version that is not there', [undefined], { state: 'unknown', key: null }],
    ['of two, one of which is not there', [a, undefined], { state: 'unknown', key: 'a' }],
  ])('%s', (_what, versions, expected) => {
    expect(aliasEncryption(versions)).toEqual(expected);
  });
});
