import type { Fix } from '../../src/posture/fix/fix.ts';
import { applied, isProposed } from './apply-fix.ts';
import { type Asked, asked, type Judge } from './asked.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { changes, isLocked, isNamed, same, textOf } from './fix-answers.ts';
import type { Documents, FixSort } from './fix-sorts.ts';
import type { Outcome } from './outcome.ts';

/** What is wrong with a dead permission that is proposed to go, a sentence each. */
export function wrongTakingAway<T extends Documents>(
  sort: FixSort<T>,
  before: Asked<T>,
  fix: Fix,
  by: Judge,
): readonly string[] {
  if (!isProposed(fix)) return [];
  const after = asked(sort, applied(before.world, fix), sort.ways(before.world));
  // An account that the key alone names is one of all: locked out as they are, it has nothing to lose.
  const isMeant = (answer: EntityAnswer, use: EntityAnswer['use'] | undefined): boolean =>
    isNamed(fix, answer) || (fix.for.includes('anyone') && isLocked(answer) && use === undefined);
  const wrong =
    by === 'oracle'
      ? before.operations.flatMap((name) =>
          wrongOutcomes(fix, name, before.outcomes(name), after.outcomes(name)),
        )
      : Object.entries(after.answers()).flatMap(([name, left]) => [
          ...left
            .filter((answer) => isNamed(fix, answer))
            .map((answer) => `${name}: ${textOf(answer)} is still let in`),
          ...changes(before.answers()[name] ?? [], left, isMeant, name),
        ]);
  return wrong.map((text) => `take away ${fix.for.join()}: ${text}`);
}

function wrongOutcomes(
  fix: Fix,
  name: string,
  was: readonly Outcome[],
  is: readonly Outcome[],
): readonly string[] {
  // A service may act for any account: a step says where services that nobody names lose it, too.
  // The oracle pairs each service with each source, the product an ARN of CloudFront's with CloudFront alone.
  const isOfServices =
    fix.for.some((one) => one.startsWith('service ')) ||
    fix.steps.some(({ why }) => why.includes('AWS services that have it'));
  const part = (outcome: Outcome | undefined) => (isOfServices ? outcome?.can.must : outcome?.can);
  return is.flatMap((outcome, i) => [
    ...(fix.for.includes(`account ${outcome.account}`) && outcome.letIn.must
      ? [`${name}: the oracle still lets in ${outcome.account}`]
      : []),
    // What AWS leaves open before (an Allow whose NotPrincipal lists `:root`, say) is no access that is surely lost.
    ...(same(part(outcome), part(was[i])) || was[i]?.can.must !== was[i]?.can.may
      ? []
      : [`${name}: the oracle lets ${outcome.account} do otherwise`]),
  ]);
}
