import { flagIn, policyIn, textIn } from './cells.ts';
import { type BucketTold, type Encryption, notTold, type OtherTold, type Told, told } from './facts.ts';
import type { Cells, Rows, SeenRow } from './rows.ts';

/** A resource's row with what was made of it. */
export interface Loaded<T> {
  readonly told: T;
  readonly row: SeenRow;
}

/** Null: no bucket of that name was seen. Names are worldwide within a partition. */
export async function loadBucket(rows: Rows, name: string): Promise<Loaded<BucketTold> | null> {
  const row = await find(rows, 's3_buckets', 'seen.name = $4', name);
  if (row === null) return null;
  const { cells, outdated } = row;
  const place = placeOf(cells);
  const isPolicyRead = outdated === null && cells.shared_account_ids !== null;
  const bucket: BucketTold = {
    kind: 'bucket',
    name,
    objects: null,
    ...place,
    policy: await attachedPolicy(rows, place.arn, { ...place, region: 'global' }, isPolicyRead, row),
    encryption: outdated === null ? encryptionOfBucket(cells) : outdatedEncryption(outdated),
    usesBucketKey: usesBucketKey(cells),
    hasAcls: current(row, textIn(cells, 'object_ownership') !== 'BucketOwnerEnforced'),
    restrictsPublic: current(row, flagIn(cells, 'effective_restrict_public_buckets')),
    isPublic: current(row, flagIn(cells, 'is_public')),
  };
  return { told: bucket, row };
}

/** Null: no such resource was seen. */
export async function loadResource(rows: Rows, arn: string): Promise<Loaded<OtherTold> | null> {
  const row = await find(rows, 'resources', 'seen.arn = $4', arn);
  if (row === null) return null;
  const { cells, outdated } = row;
  const place = placeOf(cells);
  const isPolicyRead = outdated === null && cells.shared_account_ids !== null;
  const resource: OtherTold = {
    kind: 'resource',
    ...place,
    service: textIn(cells, 'service') ?? '',
    resourceType: textIn(cells, 'resource_type') ?? '',
    policy: await attachedPolicy(rows, arn, place, isPolicyRead, row),
    encryption: outdated === null ? encryptionOfResource(cells) : outdatedEncryption(outdated),
    keyCheckedAgainst: textIn(cells, 'key_checked_against'),
    explanation: textIn(cells, 'explanation'),
  };
  return { told: resource, row };
}

/** The policy of what a resource is in; its row says by its errors whether that was read. */
export const loadPolicyAround = (
  rows: Rows,
  arn: string,
  { told: place, row }: Loaded<OtherTold>,
): Promise<Told<string | null>> =>
  attachedPolicy(rows, arn, place, row.outdated === null && row.cells.errors === null, row);

/** S3 has no bucket keys for double encryption, and leaves them off where nothing is said. */
function usesBucketKey(cells: Cells): boolean | null {
  const algorithm = textIn(cells, 'sse_algorithm');
  if (algorithm === null) return null;
  return algorithm === 'aws:kms' && flagIn(cells, 'bucket_key_enabled') === true;
}

const current = <T>({ outdated }: SeenRow, value: T): T | null => (outdated === null ? value : null);

/** The rows name the place whose coverage tells of them; each account has at most one such resource. */
async function find(
  rows: Rows,
  table: 's3_buckets' | 'resources',
  condition: string,
  value: string,
): Promise<SeenRow | null> {
  const region = table === 's3_buckets' ? 'global' : null;
  const first = await rows.anywhere(table, condition.replace('$4', '$1'), value);
  if (first === null) return null;
  const accountId = textIn(first, 'account_id') ?? '';
  const place = { table, accountId, region: region ?? textIn(first, 'region') ?? '' };
  const seen = await rows.seen(place, `seen.account_id = $1 AND ${condition}`, [value]);
  return seen.state === 'told' ? (seen.value[0] ?? null) : null;
}

const placeOf = (cells: Cells) => ({
  arn: textIn(cells, 'arn') ?? '',
  accountId: textIn(cells, 'account_id') ?? '',
  region: textIn(cells, 'region') ?? '',
  partition: textIn(cells, 'partition') ?? 'aws',
});

/** A resource without a policy has no row of one. */
async function attachedPolicy(
  rows: Rows,
  arn: string,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  isPolicyRead: boolean,
  { cells, seenAt }: SeenRow,
): Promise<Told<string | null>> {
  const place = { table: 'resource_policies', accountId, region } as const;
  const seen = await rows.seen(place, 'seen.resource_arn = $4', [arn]);
  if (seen.state === 'not_told') return seen;
  const [row] = seen.value;
  if (row !== undefined) {
    if (row.outdated !== null) return notTold(`the resource's policy may not be current: ${row.outdated}`);
    return policyIn(row.cells, 'document', "the resource's policy");
  }
  const whole = await rows.whole(place, isPolicyRead, seenAt, textIn(cells, 'service'));
  return whole.state === 'told' ? told(null) : notTold(`the resource's policy is not known: ${whole.why}`);
}

const outdatedEncryption = (why: string): Encryption => ({
  state: 'not_told',
  why: `how it is encrypted may not be current: ${why}`,
});

function encryptionOfBucket(cells: Cells): Encryption {
  const reference = textIn(cells, 'key_reference');
  if (reference === 'none')
    return {
      state: 'no_key',
      how: `the bucket's default is ${textIn(cells, 'sse_algorithm') ?? 'no KMS key'}`,
    };
  if (reference === null) return { state: 'not_told', why: "the bucket's encryption was not read" };
  return keyOf(cells, reference);
}

function encryptionOfResource(cells: Cells): Encryption {
  switch (textIn(cells, 'encryption_state')) {
    case 'kms':
      return keyOf(cells, textIn(cells, 'key_reference'));
    case 'aws_owned':
      return { state: 'no_key', how: 'it is encrypted with a key that AWS owns' };
    case 'none':
      return { state: 'no_key', how: 'it is not encrypted' };
    default:
      return { state: 'not_told', why: 'how it is encrypted was not read' };
  }
}

function keyOf(cells: Cells, reference: string | null): Encryption {
  const arn = textIn(cells, 'kms_key_arn');
  const isAwsManaged = textIn(cells, 'key_type') === 'aws_managed';
  if (arn === null && !isAwsManaged)
    return { state: 'not_told', why: `the key that it names (${reference ?? 'in no form'}) was not found` };
  const accountId = textIn(cells, 'key_account_id') ?? (isAwsManaged ? textIn(cells, 'account_id') : null);
  return { state: 'key', arn, isAwsManaged, accountId };
}
