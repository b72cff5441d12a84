import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization, regionOf } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { imageEncryption } from '../../src/services/ec2/rules.ts';
import { compute, data, ours, region, theirs, vendor } from '../posture/cross-account/cast.ts';
import { type Fault, readService } from './read-service.ts';

const whole = (id: string) => `arn:aws:organizations::333344445555:organization/${id}`;

/** A region with images under every sort of key, shared in every way. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '333344445555' });
  const keyOf = (of: typeof account, name: string) =>
    addKey(of, awsMaterialKey({ partition: 'aws', region, accountId: of.id }, name)).metadata.Arn;
  const own = keyOf(account, 'own');
  const other = keyOf(account, 'other');
  const foreign = keyOf(owner, 'foreign');
  const here = resourcesIn(account, region);
  here.snapshot({ id: 'snap-plain' });
  here.snapshot({ id: 'snap-own', kmsKeyId: own });
  here.snapshot({ id: 'snap-other', kmsKeyId: other });
  here.snapshot({ id: 'snap-second', kmsKeyId: own, associatedKmsKeys: [foreign] });
  here.snapshot({ id: 'snap-foreign', kmsKeyId: foreign });
  here.snapshot({ id: 'snap-managed', kmsKeyId: 'alias/aws/ebs' });
  const image = (id: string, snapshotIds: string[], ...sharedWith: string[]) =>
    here.image({ id: `ami-${id}`, snapshotIds, sharedWith });
  image('plain', ['snap-plain'], compute);
  image('public', ['snap-plain'], 'all');
  image('alone', ['snap-own']);
  image('own', ['snap-own', 'snap-plain'], compute, vendor);
  image('foreign', ['snap-foreign'], whole(ours));
  image('managed', ['snap-managed'], compute);
  image('several', ['snap-own', 'snap-other', 'snap-second'], whole(theirs));
  image('bundle', [], compute);
  image('not-own-snapshot', ['snap-own', 'snap-of-another'], compute);
  return { organization, account, own, other, foreign };
}

async function rowsOf(organization = world().organization, fault?: Fault) {
  const {
    sink,
    requests: asked,
    rows,
  } = await readService(organization, { accountId: data, region }, 'ec2', {
    faults: [fault],
  });
  return { sink, asked, rows };
}

describe('what is read of machine images', () => {
  it('is their keys, and whom they let launch', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      String(row.arn).split('ami-')[1],
      row.encryption_state,
      row.key_type,
      row.cross_account_read,
      row.shared_account_ids,
      row.shared_organization_ids,
    ]);
    expect(seen.toSorted()).toEqual([
      ['alone', 'kms', 'customer_managed_aws_material', 'not_shared', [], []],
      ['bundle', 'unknown', null, 'unknown', [compute], []],
      // The account that owns the key is a member.
      ['foreign', 'kms', 'customer_managed_aws_material', 'partly_blocked', [], [ours]],
      ['managed', 'kms', 'aws_managed', 'blocked_by_aws_managed_key', [compute], []],
      ['not-own-snapshot', 'unknown', null, 'unknown', [compute], []],
      ['own', 'kms', 'customer_managed_aws_material', 'blocked_by_key_policy', [compute, vendor], []],
      ['plain', 'none', null, 'no_kms_barrier', [compute], []],
      ['public', 'none', null, 'no_kms_barrier', [], []],
      ['several', 'kms', 'customer_managed_aws_material', 'blocked_by_key_policy', [], [theirs]],
    ]);
    expect([...sink.said]).toEqual([]);
    expect(rows.filter((row) => row.shared_with_anyone !== false).map(({ arn }) => arn)).toEqual([
      `arn:aws:ec2:${region}:${data}:image/ami-public`,
    ]);
  });

  it('is each key that an image takes, and each that does in place of one', async () => {
    const { organization, own, other, foreign } = world();
    const { rows } = await rowsOf(organization);
    const several = rows.find(({ arn }) => String(arn).endsWith('several'));
    expect(several).toMatchObject({
      kms_key_arn: own,
      associated_kms_key_ids: [],
      further_kms_key_ids: [own, foreign, other],
    });
  });

  it('takes a call for each image, and one for the snapshots of 200 of them', async () => {
    const { asked } = await rowsOf();
    expect(asked).toMatchObject({
      'ec2:DescribeImages': 1,
      'ec2:DescribeImageAttribute': 9,
      'ec2:DescribeSnapshots': 1,
      'ec2:GetImageBlockPublicAccessState': 1,
    });
    const { organization, account } = world();
    const here = resourcesIn(account, region);
    for (let index = 0; index < 201; index++) {
      here.snapshot({ id: `snap-${index}` });
      here.image({ id: `ami-${index}`, snapshotIds: [`snap-${index}`] });
    }
    const { rows, asked: more } = await rowsOf(organization);
    expect(rows.filter(({ encryption_state }) => encryption_state === 'none')).toHaveLength(203);
    expect(more).toMatchObject({ 'ec2:DescribeSnapshots': 2 });
  });

  it("is the region's block of what becomes public, where an image is", async () => {
    const { organization, account } = world();
    regionOf(account, region).imageBlock = { state: 'block-new-sharing', managedBy: 'declarative-policy' };
    const { rows } = await rowsOf(organization);
    const told = rows.filter((row) => row.snapshot_block_public_access !== null);
    expect(told).toMatchObject([
      {
        shared_with_anyone: true,
        snapshot_block_public_access: 'block-new-sharing',
        snapshot_block_managed_by: 'declarative-policy',
      },
    ]);
  });
});

it.each([
  ['ec2:DescribeImageAttribute', { cross_account_use: 'unknown', shared_account_ids: null }],
  ['ec2:DescribeSnapshots', { encryption_state: null }],
])('where %s is denied, every image has its row, which says so', async (operation, expected) => {
  const { rows, sink } = await rowsOf(undefined, { operation, effect: { kind: 'deny' } });
  const failed = rows.filter((row) => row.errors !== null);
  expect([rows.length, failed.length]).toEqual([9, operation === 'ec2:DescribeSnapshots' ? 8 : 9]);
  for (const row of failed) expect(row).toMatchObject(expected);
  expect([...sink.said].some((line) => line.includes(operation))).toBe(true);
});

it('a public image stays public where its block cannot be read', async () => {
  const operation = 'ec2:GetImageBlockPublicAccessState';
  const { rows } = await rowsOf(undefined, { operation, effect: { kind: 'deny' } });
  expect(rows.filter((row) => row.shared_with_anyone === true)).toMatchObject([
    { errors: { [operation]: expect.anything() }, cross_account_read: 'no_kms_barrier' },
  ]);
});

describe('the encryption of an image', () => {
  const snapshot = (id: string, kmsKeyId: string | null, ...associatedKmsKeyIds: string[]) =>
    [id, { id, encrypted: kmsKeyId !== null, kmsKeyId, associatedKmsKeyIds }] as const;
  const snapshots = new Map([
    snapshot('plain', null),
    snapshot('a', 'key-a'),
    snapshot('a-too', 'key-a'),
    snapshot('b', 'key-b'),
    snapshot('c', 'key-a', 'key-c'),
    ['nameless', { id: 'nameless', encrypted: true, kmsKeyId: null, associatedKmsKeyIds: [] }] as const,
  ]);
  const from = (...ids: (string | null)[]) => ids.map((snapshotId) => ({ snapshotId, encrypted: true }));
  const a = { state: 'kms', key: 'key-a', associatedKeys: [] };

  it.each([
    ['one snapshot', from('a'), a],
    ['two under one key', from('a', 'a-too'), a],
    ['one beside one that is not encrypted', from('plain', 'a'), a],
    ['one beside an empty volume', from('a', null), a],
    ['two keys', from('a', 'b'), { ...a, furtherKeys: [{ key: 'key-b', associatedKeys: [] }] }],
    ['a second way in', from('c'), { ...a, associatedKeys: ['key-c'] }],
    ['no key', from('plain'), { state: 'none', key: null }],
    ['a snapshot that is not there', from('gone'), { state: 'unknown', key: null }],
    ['a snapshot that is not there beside another', from('gone', 'a'), { state: 'unknown', key: 'key-a' }],
    ['a key that is not named', from('nameless'), { state: 'unknown', key: null }],
    ['no snapshots', from(null), { state: 'unknown', key: null }],
    ['nothing', [], { state: 'unknown', key: null }],
  ])('by %s', (_what, volumes, expected) => {
    expect(imageEncryption({ rootDeviceType: 'ebs', volumes }, snapshots)).toEqual(expected);
  });

  it.each([
    ['told not to be encrypted', false, 'none'],
    ['of which nothing is told', null, 'unknown'],
  ])('by a snapshot of another, %s', (_what, encrypted, state) => {
    const volumes = [{ snapshotId: 'gone', encrypted }];
    expect(imageEncryption({ rootDeviceType: 'ebs', volumes }, snapshots).state).toBe(state);
  });

  it('that is a bundle in S3 is not known', () => {
    const bundle = { rootDeviceType: 'instance-store', volumes: from('plain') };
    expect(imageEncryption(bundle, snapshots).state).toBe('unknown');
  });
});
