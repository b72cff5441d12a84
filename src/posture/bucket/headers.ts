import { s3 } from '../access/s3.ts';
import { actionsOf } from '../policy/action.ts';
import { type Condition, holdsWhenAbsent } from '../policy/condition.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { arnPattern, covers, likePattern } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';

/**
 * What the bucket policy leaves a writer to say about encryption in the headers of PutObject:
 * - `free`: the bucket's default applies where the writer names no other encryption, and it may;
 * - `default`: no other than the bucket's default is accepted;
 * - `sse_s3`: SSE-S3 has to be named, which is not the default;
 * - `other`: what the default says is refused, and something else than SSE-S3 has to be named.
 */
export type HeaderDemand = 'free' | 'default' | 'sse_s3' | 'other';

/** The two headers, as the condition keys of PutObject have them; null: not sent. */
interface Headers {
  readonly algorithm: string | null;
  readonly key: string | null;
}

const algorithmKey = 's3:x-amz-server-side-encryption';
const keyKey = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** The default encryption; `keyArn` null: none, or it is not known. */
export interface DefaultEncryption {
  readonly algorithm: string;
  readonly keyArn: string | null;
  /** As the bucket names its key; null when it names none. */
  readonly keyWritten: string | null;
}

/**
 * Tries what a writer can send on the statements about PutObject: those that let some of `principals` in (as they are
 * written), and those that refuse everybody.
 */
export function headerDemand(
  policy: PolicyDocument,
  principals: ReadonlySet<string>,
  { algorithm, keyArn, keyWritten }: DefaultEncryption,
  bucketArn: string,
): HeaderDemand {
  const about = policy.statements.filter(isAboutPutObject);
  const letIn = about.filter((statement) => statement.effect === 'Allow' && names(statement, principals));
  const refusals = about.filter((statement) => refusesEverybody(statement, bucketArn));
  const accepts = (headers: Headers): boolean =>
    letIn.some((statement) => mayHold(statement, headers)) &&
    !refusals.some((statement) => holds(statement, headers));

  const byDefault: readonly Headers[] = [
    { algorithm: null, key: null },
    ...[keyArn, keyWritten].flatMap((key) => (key === null ? [] : [{ algorithm, key }])),
    ...(algorithm === sseS3 ? [{ algorithm, key: null }] : []),
  ];
  const another = 'arn:aws:kms:another:another:key/another';
  const others: readonly Headers[] = ['aws:kms', 'aws:kms:dsse'].flatMap((kms) => [
    { algorithm: kms, key: null },
    { algorithm: kms, key: another },
  ]);
  const takesSseS3 = algorithm !== sseS3 && accepts({ algorithm: sseS3, key: null });
  const takesOther = others.some(accepts);
  if (byDefault.some(accepts)) return takesSseS3 || takesOther ? 'free' : 'default';
  return takesSseS3 && !takesOther ? 'sse_s3' : 'other';
}

const sseS3 = 'AES256';

function isAboutPutObject({ actions, notAction }: Statement): boolean {
  const catalog = actionsOf(s3);
  return (catalog.matching(actions, notAction) & catalog.named('PutObject')) !== 0n;
}

const names = (
  { principals, notPrincipal }: Omit<Statement, 'effect'>,
  wanted: ReadonlySet<string>,
): boolean => notPrincipal || principals.some(({ text }) => wanted.has(text));

/** A Deny for anyone, of any object, that asks for nothing but the two headers. */
function refusesEverybody(
  { effect, principals, notPrincipal, conditions, ...rest }: Statement,
  arn: string,
): boolean {
  const { resources, notResource } = rest;
  return (
    effect === 'Deny' &&
    !notPrincipal &&
    principals.some(({ type, arn: pattern }) => type === 'anyone' && pattern === null) &&
    !notResource &&
    (resources?.some((resource) => covers(likePattern(resource), likePattern(`${arn}/*`))) ?? false) &&
    conditions.every(({ id }) => id === algorithmKey || id === keyKey)
  );
}

const holds = ({ conditions }: Statement, headers: Headers): boolean =>
  conditions.every((condition) => meets(condition, headers) === true);

/** What other keys ask for may be met. */
const mayHold = ({ conditions }: Statement, headers: Headers): boolean =>
  conditions.every((condition) => meets(condition, headers) !== false);

/** Null: not about the headers, or not decided here. */
function meets(condition: Condition, { algorithm, key }: Headers): boolean | null {
  const { id, comparison, values, variables, negated } = condition;
  if (id !== algorithmKey && id !== keyKey) return null;
  const sent = id === algorithmKey ? algorithm : key;
  if (comparison === 'Null')
    return values.some((value) => (value.toLowerCase() === 'true') === (sent === null));
  if (sent === null) return holdsWhenAbsent(condition);
  if (variables && values.some((value) => value.includes('${'))) return null;
  const matches = values.map((value) => matching(condition, value, sent));
  if (matches.includes(null)) return null;
  return matches.includes(true) !== negated;
}

function matching({ comparison }: Condition, value: string, sent: string): boolean | null {
  switch (comparison) {
    case 'StringEquals':
      return value === sent;
    case 'StringEqualsIgnoreCase':
      return value.toLowerCase() === sent.toLowerCase();
    case 'StringLike':
      return covers(likePattern(value), sent);
    case 'Arn':
      return covers(arnPattern(value) ?? value, sent);
    default:
      return null;
  }
}
