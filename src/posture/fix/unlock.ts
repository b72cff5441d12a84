import { groupBy } from '../../group.ts';
import { policyIds } from '../organization-policies/effect.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { type Fix, fixFor, noStep } from './fix.ts';
import { allowByIam } from './iam-statement.ts';
import { openKeyPolicy } from './key-policy.ts';
import { reviveKey } from './key-state.ts';
import { type Lock, type Party, partiesIn, stillLocked, useOf, without } from './locked.ts';
import { type Move, standing } from './move.ts';
import { replaceKey } from './replace-key.ts';

/** What unlocks those who are locked out, for some that fare alike one. */
export const unlocking = (lock: Lock): readonly Fix[] =>
  plansFor(partiesIn(lock.judge(lock.keys)), lock.keys, lock, new Set()).map(({ parties, steps }) =>
    fixFor(
      parties.map(({ name }) => name),
      'unlock',
      steps,
    ),
  );

type Plan = Pick<Move, 'parties' | 'steps'>;

/**
 * Step by step: each is tried on the documents, and judged again by the same rules, so that what stands behind it is
 * found, too. @param before what has been opened on the way
 */
function plansFor(
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
  before: ReadonlySet<string>,
): readonly Plan[] {
  return [...groupBy(parties, useOf)].flatMap(([use, some]) => {
    // Nothing is opened twice: what is still shut then stays so.
    const moves = before.has(use) ? [] : movesFor(use, some, keys, lock);
    return moves.flatMap((move) => follow(move, keys, lock, new Set([...before, use])));
  });
}

function follow(
  { parties, steps, keys: changed }: Move,
  keys: readonly ResolvedKey[],
  lock: Lock,
  before: ReadonlySet<string>,
): readonly Plan[] {
  const still = changed === null ? onPurpose(parties, before) : stillLocked(parties, lock.judge(changed));
  const done = without(parties, still);
  const more = plansFor(still, changed ?? keys, lock, before).map((plan) => ({
    ...plan,
    steps: [...steps, ...plan.steps],
  }));
  return done.length === 0 ? more : [{ parties: done, steps }, ...more];
}

/**
 * Where nothing can be proposed for one operation, what locks out of another on purpose is named all the same: those whom
 * it concerns, with that alone.
 */
const onPurpose = (parties: readonly Party[], before: ReadonlySet<string>): readonly Party[] =>
  parties.flatMap((party) => {
    const locked = party.locked.filter(({ verdict: { use } }) => purposes.has(use) && !before.has(use));
    return locked.length === 0 ? [] : [{ ...party, locked }];
  });

const purposes: ReadonlySet<string> = new Set([
  'blocked_by_public_access_block',
  'blocked_by_organization_policy',
]);

function movesFor(
  use: string,
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] {
  switch (use) {
    case 'blocked_by_public_access_block':
      return [standing(parties, noStep('public_access_block', lock.subject.arn, blockText))];
    case 'blocked_by_aws_managed_key':
      return replaceKey(parties, keys, lock);
    case 'blocked_by_key_state':
      return reviveKey(parties, keys, lock);
    case 'blocked_by_key_policy':
      return openKeyPolicy(parties, keys, lock);
    case 'blocked_by_organization_policy':
      return parties.map((party) => standing([party], policyStep(party, lock)));
    default:
      return allowByIam(parties, keys, lock);
  }
}

const blockText =
  'Block Public Access (RestrictPublicBuckets) keeps out everybody but services, since a statement of the policy is public: no change of the block is proposed; a policy without public statements lets in the accounts that it names.';

function policyStep({ name, locked }: Party, { subject }: Lock) {
  const ids = policyIds(locked.map(({ verdict }) => verdict.policies));
  const on = ids.length === 0 ? subject.arn : ids.join(', ');
  return noStep(
    'organization_policy',
    on,
    `Service or resource control policies keep out ${name}: they are there on purpose, and no change of them is proposed.`,
  );
}
