import { arnOf, type IamAccount, type IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import { noAccessPointsRead } from '../../src/posture/bucket/access-point-facts.ts';
import { bucketVerdict } from '../../src/posture/bucket/verdict.ts';
import type { Fix, FixStep } from '../../src/posture/fix/fix.ts';
import { fixOfBucket } from '../../src/posture/fix/of-bucket.ts';
import { SharedPolicies } from '../../src/posture/iam/shared-policies.ts';
import { applied } from './apply-fix.ts';
import { type IamFixWorld, roleOf } from './arbitrary-iam-fix.ts';
import { roleNames } from './callers.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { principalCan } from './iam-on-bucket.ts';
import { iamOf } from './iam-product.ts';
import type { Way } from './operation.ts';
import { answersOfBucket, judgedBucket } from './product.ts';
import type { Answers } from './product-fix.ts';
import { readObject, writeObject } from './ways.ts';

/** The product, told of the IAM of other accounts. */
function judged({ bucket, accounts }: IamFixWorld) {
  const { posture, key } = judgedBucket(bucket, noAccessPointsRead, null);
  const shared = new SharedPolicies();
  const iam = new Map(accounts.map((account) => [account.id, iamOf(account, shared)]));
  const verdict = bucketVerdict(posture, key, (id) => iam.get(id) ?? null);
  return { posture, verdict, key };
}

function answersOf(world: IamFixWorld): Answers {
  const { read, write } = answersOfBucket(judged(world));
  return { read: read.entities, write: write.entities };
}

function waysOf({ bucket, accounts }: IamFixWorld): Readonly<Record<string, readonly Way[]>> {
  const own = accounts.flatMap(({ principals, managed }) => [
    ...principals.flatMap(({ inline }) => inline),
    ...Object.values(managed),
  ]);
  return { read: readObject(bucket, own), write: writeObject(bucket, own) };
}

const accountsIn = (answers: readonly EntityAnswer[]) => answers.filter(({ kind }) => kind === 'account');

/** The verdict on each account against what the oracle says of its users and roles. */
export function wrongByIam(world: IamFixWorld): readonly string[] {
  const ways = waysOf(world);
  return Object.entries(answersOf(world)).flatMap(([name, answers]) =>
    accountsIn(answers).flatMap(({ id, use }) => {
      const account = world.accounts.find((one) => one.id === id);
      if (account === undefined) return [];
      const can = account.principals.map((one) => principalCan(world.bucket, ways[name] ?? [], account, one));
      if (use.startsWith('blocked_') && can.some(({ must }) => must)) return [`${name}: ${use}: ${id} can`];
      const isOpen = use === 'possible' || use === 'no_kms_barrier';
      return isOpen && !can.some(({ may }) => may) ? [`${name}: ${use}: nobody of ${id} can`] : [];
    }),
  );
}

/** What the steps in IAM of an account propose, done for roles that nothing else binds: they can, and it is not locked out. */
export function wrongIamFixes(world: IamFixWorld): readonly string[] {
  const { posture, verdict, key } = judged(world);
  const fixes = fixOfBucket(posture, verdict, key) ?? [];
  const before = answersOf(world);
  return fixes.flatMap((fix) =>
    fix.steps.filter(isInIam).flatMap((step) => wrongStep(world, before, fix, step)),
  );
}

/** An account whose roles of some names have a policy besides, and no boundary or Deny: a step says that these count. */
function withPolicy(account: IamAccount, names: readonly string[], policy: Policy): IamAccount {
  const roles = names.map((name) => roleOf(name, policy));
  const isSame = (one: IamPrincipal, other: IamPrincipal): boolean =>
    arnOf(account, one) === arnOf(account, other);
  const allows = ({ Statement, ...rest }: Policy): Policy => ({
    ...rest,
    Statement: Statement.filter(({ Effect }) => Effect === 'Allow'),
  });
  const left = account.principals.filter((one) => !roles.some((role) => isSame(one, role)));
  const given = roles.map((role) => {
    const before = account.principals.find((one) => isSame(one, role));
    return before === undefined ? role : { ...role, inline: [...before.inline.map(allows), policy] };
  });
  return { ...account, principals: [...left, ...given] };
}

const isInIam = ({ kind, statement }: FixStep): boolean => kind === 'iam_statement' && statement !== null;

function wrongStep(world: IamFixWorld, before: Answers, fix: Fix, step: FixStep): readonly string[] {
  const [name = ''] = fix.for;
  const id = name.replace('account ', '');
  // The new key stands under the ARN of the old one here.
  const text = JSON.stringify(step.statement).replaceAll('$KEY_ARN', world.bucket.key?.arn ?? '');
  const policy: Policy = { Version: '2012-10-17', Statement: JSON.parse(text) };
  const named = [...step.on.matchAll(/:role\/([^,]+)/g)].flatMap(([, role]) => role ?? []);
  const roles = named.length > 0 ? named : [...roleNames, 'fresh'];
  const given = world.accounts.find((one) => one.id === id);
  if (given === undefined) return [`${id} is told of, and its IAM was not read`];
  const account = withPolicy(given, roles, policy);
  const after: IamFixWorld = {
    bucket: applied(world.bucket, fix),
    accounts: world.accounts.map((one) => (one.id === id ? account : one)),
  };
  const ways = waysOf(after);
  const answers = answersOf(after);
  return Object.entries(before).flatMap(([operation, was]) => {
    const find = (some: readonly EntityAnswer[] = []) => accountsIn(some).find((one) => one.id === id)?.use;
    if (!find(was)?.startsWith('blocked_')) return [];
    const is = find(answers[operation]);
    const can = account.principals.some(
      (one) => principalCan(after.bucket, ways[operation] ?? [], account, one).may,
    );
    return [
      ...(is?.startsWith('blocked_') ? [`${operation}: ${id} is still ${is}`] : []),
      ...(can ? [] : [`${operation}: the oracle still locks out ${id}`]),
    ];
  });
}
