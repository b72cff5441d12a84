import type { ClientBase } from 'pg';
import { isAccountId, parseArn } from '../aws/arn.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import { type Answer, answerFor, answerForAccount } from './answer.ts';
import { bucketSubject } from './bucket-subject.ts';
import type { KeyTold } from './facts.ts';
import type { DataKey } from './key-parts.ts';
import { loadKey } from './load-key.ts';
import { loadOrganization } from './load-organization.ts';
import { loadAccount, loadAsker } from './load-principals.ts';
import { loadBucket, loadPolicyAround, loadResource } from './load-resource.ts';
import { membershipNotes } from './membership.ts';
import { namesIn } from './names.ts';
import { organizationOf } from './organization.ts';
import { type OthersAnswer, othersOf, othersOfKey } from './others.ts';
import type { PrincipalRef } from './principals.ts';
import { ExplainError, Rows, type SeenRow } from './rows.ts';
import { rulesOf } from './rules-of-resource.ts';
import { keySubject, resourceSubject, type Subject } from './subject.ts';

/** What is asked. */
export interface Query {
  /** A bucket's name, or an ARN. */
  readonly resource: string;
  /** A principal, an account id, or null: everybody who is let in. */
  readonly who: PrincipalRef | string | null;
  /** The ARN of the key to judge in place of the resource's own; null: that one. */
  readonly key: string | null;
}

/** What is answered. */
export interface Explanation {
  /** `read objects of the bucket orders` */
  readonly asked: string;
  readonly resource: string;
  readonly accountId: string;
  /** The key that was judged; null: none, or it is not known. */
  readonly key: string | null;
  readonly by:
    | { readonly kind: 'principal' | 'account'; readonly who: string; readonly answer: Answer }
    | { readonly kind: 'everybody'; readonly answer: OthersAnswer };
  /** What the answer does not count, a sentence each. */
  readonly notes: readonly string[];
}

/** Answers in one read-only snapshot. @throws ExplainError for what is not there */
export async function explain(client: ClientBase, query: Query): Promise<Explanation> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const rows = await Rows.open(client);
    const explained = await answer(rows, query);
    return { ...explained, notes: [...explained.notes, ...rows.times.notes()] };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What is found of the resource that is asked about. */
interface Found {
  readonly accountId: string;
  readonly subject: (organization: OrganizationKnowledge) => Subject;
  readonly others: OthersAnswer;
  readonly key: string | null;
  readonly notes: readonly string[];
}

async function answer(rows: Rows, query: Query): Promise<Explanation> {
  const found = await find(rows, query);
  const organization = await loadOrganization(rows);
  const names = namesIn(organization);
  const knowledge = organizationOf(organization, found.accountId);
  const subject = found.subject(knowledge);
  const head = { asked: subject.asked, resource: subject.arn, accountId: subject.accountId, key: found.key };
  const { who } = query;
  const membership = membershipNotes(accountsIn(who, found.others), knowledge, found.accountId);
  if (who === null) {
    const by = { kind: 'everybody', answer: found.others } as const;
    return { ...head, by, notes: [...found.notes, ...membership] };
  }
  const notes = [...found.notes, ...membership, notCounted];
  if (typeof who === 'string') {
    const identities = await loadAccount(rows, who);
    const ofAccount = answerForAccount(who, identities, subject, names);
    return { ...head, by: { kind: 'account', who, answer: ofAccount }, notes };
  }
  const asker = await loadAsker(rows, who);
  const ofPrincipal = answerFor(asker, subject, names);
  const asked = who.sessionArn ?? who.arn;
  return { ...head, by: { kind: 'principal', who: asked, answer: ofPrincipal }, notes };
}

/** The accounts that an answer is about. */
function accountsIn(who: Query['who'], { letIn }: OthersAnswer): readonly string[] {
  if (who === null) return letIn.flatMap((each) => (isAccountId(each.who) ? [each.who] : []));
  return [typeof who === 'string' ? who : who.accountId];
}

const notCounted =
  'Session policies and policies of VPC endpoints are not in the database and not counted; nor are policies of access points, which have a table of their own, and session tags, which leave conditions on tags open where a role takes them.';

function find(rows: Rows, { resource, key }: Query): Promise<Found> {
  const arn = parseArn(resource);
  if (arn === null) return findBucket(rows, resource, null, key);
  if (arn.service === 's3' && arn.accountId !== '')
    throw new ExplainError(`${resource} is no bucket: access points and the like are not explained.`);
  if (arn.service === 's3') {
    const [name = '', ...path] = arn.resource.split('/');
    return findBucket(rows, name, path.length === 0 ? null : resource, key);
  }
  if (arn.service === 'kms') return findKey(rows, resource);
  return findResource(rows, resource, key);
}

/** @param objects ARNs with `*`; null: all of the bucket */
async function findBucket(
  rows: Rows,
  name: string,
  objects: string | null,
  ownKey: string | null,
): Promise<Found> {
  const bucket = await loadBucket(rows, name);
  if (bucket === null)
    throw new ExplainError(
      `No bucket ${name} is in aws_encryption_s3_buckets: check its name and what was synced.`,
    );
  const { told, row } = bucket;
  const data = await dataKey(rows, told.encryption, ownKey);
  const given = { ...told, objects, ...(ownKey !== null && { usesBucketKey: null }) };
  return {
    accountId: told.accountId,
    subject: (organization) => bucketSubject(given, data, organization),
    others: othersOf(row, 'bucket'),
    key: data.key?.arn ?? null,
    notes: [
      ...readAt(row),
      ownKey === null
        ? 'It holds for objects under the default key of the bucket: an object may have its own, which --key names.'
        : 'It holds for objects under the key that --key names.',
      ...(row.cells.key_depends_on_writer === true && ownKey === null
        ? ['The bucket names its key by an alias or id, which S3 looks up in the account of whoever writes.']
        : []),
    ],
  };
}

async function findResource(rows: Rows, arn: string, ownKey: string | null): Promise<Found> {
  const resource = await loadResource(rows, arn);
  if (resource === null)
    throw new ExplainError(
      `No resource ${arn} is in aws_encryption_resources: check its ARN and what was synced.`,
    );
  const { told, row } = resource;
  const rules = rulesOf(told);
  const data = await dataKey(rows, told.encryption, ownKey);
  const wider = rules.withinArn && (await loadPolicyAround(rows, rules.withinArn(arn), resource));
  const all = wider === undefined ? told : { ...told, within: wider };
  return {
    accountId: told.accountId,
    subject: (organization) => resourceSubject(all, rules, data, organization),
    others: othersOf(row, 'resource'),
    key: data.key?.arn ?? null,
    notes: [...readAt(row), ...(rules.caveat === undefined ? [] : [`Not counted, too: ${rules.caveat}.`])],
  };
}

/** The answer is as old as what was read. */
const readAt = ({ seenAt }: SeenRow): readonly string[] =>
  seenAt === null ? [] : [`As read by the sync of ${seenAt} UTC.`];

async function findKey(rows: Rows, arn: string): Promise<Found> {
  const key = await loadKey(rows, arn);
  if ('missing' in key) throw new ExplainError(`Nothing is known of the key: ${key.missing}.`);
  const { accountId, region } = key;
  const seen = await rows.seen({ table: 'keys', accountId, region }, 'seen.arn = $4', [arn]);
  const [row] = seen.state === 'told' ? seen.value : [];
  return {
    accountId,
    subject: (organization) => keySubject(key, organization),
    others: row === undefined ? { word: 'unknown', letIn: [], explanation: null } : othersOfKey(row),
    key: arn,
    notes: [
      ...(row === undefined ? [] : readAt(row)),
      'It is about kms:Decrypt, called directly or through any service.',
    ],
  };
}

async function dataKey(
  rows: Rows,
  encryption: DataKey['encryption'],
  ownKey: string | null,
): Promise<DataKey> {
  const arn = ownKey ?? (encryption.state === 'key' ? encryption.arn : null);
  if (arn === null) return { encryption, key: null, missing: 'the key is not known' };
  const loaded = await loadKey(rows, arn);
  const key: KeyTold | null = 'missing' in loaded ? null : loaded;
  const missing = 'missing' in loaded ? loaded.missing : '';
  if (ownKey === null) return { encryption, key, missing };
  const accountId = parseArn(ownKey)?.accountId ?? null;
  return { encryption: { state: 'key', arn, isAwsManaged: false, accountId }, key, missing };
}
