import { expect, test } from 'vitest';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import { bucketExplanation } from '../../../src/posture/bucket/explanation.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { writeExplanation } from '../../../src/posture/bucket/write-explanation.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityVerdict } from '../../../src/posture/cross-account/judge.ts';
import type { IamOf } from '../../../src/posture/cross-account/judged.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import type { Identity } from '../../../src/posture/iam/account-iam.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import { allow, iamOf, identity } from '../iam/iam.ts';
import { type Given, organizationWith } from '../organization-policies/organization.ts';
import { compute, decrypt, keyWith, noPolicies, organization, role, root, type Statement } from './cast.ts';

/** What the role `analytics` needs of its own account to read objects under a key. */
export const [mayGet, mayDecrypt] = [allow('s3:GetObject'), allow('kms:Decrypt')];

/** A bucket that lets others in, its key, and the IAM of `compute`. */
export interface IamCase {
  /** Default: lets the role `analytics` of `compute` read. */
  readonly bucket?: readonly Statement[];
  readonly facts?: Partial<BucketFacts>;
  /** Default: a key of `data` that lets the account `compute` decrypt and encrypt. */
  readonly key?: ResolvedKey;
  /** Users and roles of `compute`; `unread`: they were not read; `off`: nobody asked. */
  readonly iam: readonly Identity[] | 'unread' | 'off';
  readonly policies?: Given;
  /** Default: `read`. */
  readonly does?: 'read' | 'write';
  /** Whose verdict it is; default: the account `compute`. */
  readonly of?: string;
  readonly expected: EntityUse;
  /** Names of those who can, ascending; null: not evaluated. Default: nobody. */
  readonly who?: readonly string[] | null;
  readonly rootUser?: 'yes' | 'no' | 'unknown';
  /** A part of the explanation. */
  readonly says?: string;
}

export const iamBy = (iam: IamCase['iam']): IamOf | undefined => {
  if (iam === 'off') return undefined;
  return (id) => (id === compute && iam !== 'unread' ? iamOf(compute, ...iam) : null);
};

/** What is expected of one who is let in, in the words of the case. */
export const told = ({ use, readers }: EntityVerdict) => ({
  use,
  who: readers === null ? null : readers.arns.map((arn) => arn.split(':').at(-1)),
  rootUser: readers === null ? null : readers.root,
});

function judge({ bucket = [read(role(compute))], key, iam, policies, does, of, facts }: IamCase) {
  const known = policies === undefined ? organization : organizationWith(policies);
  const posture = bucketPosture({ ...bucketFacts({}, bucket), ...facts }, known);
  const verdict = bucketVerdict(posture, key ?? keyWith(decrypt(root(compute))), iamBy(iam));
  const all = does === 'write' ? verdict.write.writers : verdict.entities;
  const found = all.find(({ entity }) => entityText(entity) === (of ?? `account ${compute}`));
  const explanation =
    does === 'write'
      ? writeExplanation(posture, verdict.write, noPolicies)
      : bucketExplanation(posture, verdict, key ?? keyWith(decrypt(root(compute))), noPolicies);
  return { ...(found && told(found)), explanation };
}

/** One test for each. */
export const cases = (all: Readonly<Record<string, IamCase>>): void =>
  test.each(Object.entries(all))('%s', (_, given) => {
    const { expected, who = [], rootUser, says = '' } = given;
    const { explanation, ...found } = judge(given);
    expect(found).toMatchObject({ use: expected, who, ...(rootUser && { rootUser }) });
    expect(explanation).toContain(says);
  });

/** The role `analytics` with some statements in its only policy. */
export const analytics = (...says: readonly Statement[]): Identity => identity(compute, { says });
