import type { Comparison } from './comparison.ts';
import { type Certainty, nobody, type Outcome } from './outcome.ts';
import { services } from './services.ts';
import { nobodys, passersBy } from './world.ts';

/** One entity of the product's answer. */
export interface EntityAnswer {
  readonly kind: string;
  readonly id: string | null;
  readonly use: string;
}

/** The outcomes that an entity is about: an account's own; an organization's members that have no answer of their own; those that no document names. */
function about(
  { kind, id }: EntityAnswer,
  outcomes: readonly Outcome[],
  answers: readonly EntityAnswer[],
): readonly Outcome[] {
  if (kind === 'account') return outcomes.filter(({ account }) => account === id);
  if (kind === 'organization')
    return outcomes.filter(
      ({ account, organization }) =>
        organization === id && !answers.some((answer) => answer.kind === 'account' && answer.id === account),
    );
  if (kind === 'anyone')
    return outcomes.filter(
      ({ account, organization }) =>
        account === nobody ||
        (passersBy.includes(account) && (organization === null || organization === nobodys)),
    );
  return [];
}

/**
 * Holds the entities of a verdict against the outcomes. An entity is locked out wrongly when one of those whom it is about
 * can whatever is read into the documentation; it can wrongly when none can under any reading.
 * @param complete the product says that it misses no entity. @param told AWS tells all that the documents ask
 * @param withoutPolicies the outcomes without SCPs and RCPs; null: there are none
 */
export function compareEntities(
  answers: readonly EntityAnswer[],
  outcomes: readonly Outcome[],
  complete: boolean,
  told: boolean,
  ofService: (name: string) => Certainty,
  withoutPolicies: readonly Outcome[] | null = null,
): Comparison {
  const wrong: string[] = [];
  let leaning = 0;
  let asked = 0;
  let unknown = 0;
  for (const answer of answers) {
    if (answer.kind === 'service' && answer.id !== null && isNamed(answer.id)) {
      const { must, may } = ofService(answer.id);
      if (answer.use.startsWith('blocked_') && must) wrong.push(`${answer.use}: service ${answer.id} can`);
      if (canUse(answer.use) && !may) wrong.push(`${answer.use}: service ${answer.id} cannot`);
      continue;
    }
    const those = about(answer, outcomes, answers);
    if (those.length === 0) continue;
    const must = those.some(({ can }) => can.must);
    const may = those.some(({ can }) => can.may);
    const name = `${answer.kind} ${answer.id ?? ''}`.trim();
    const isBlocked = answer.use.startsWith('blocked_');
    if (isBlocked && must) wrong.push(`${answer.use}: ${name} can`);
    if (canUse(answer.use) && !may) wrong.push(`${answer.use}: ${name} cannot`);
    const bare = withoutPolicies && about(answer, withoutPolicies, answers);
    if (bare !== null && isBlocked) {
      const byPolicy = answer.use === 'blocked_by_organization_policy';
      if (byPolicy && !bare.some(({ can }) => can.may))
        wrong.push(`${answer.use}: ${name} cannot without policies, either`);
      if (!byPolicy && bare.some(({ can }) => can.must))
        wrong.push(`${answer.use}: ${name} can without policies`);
    }
    if (must !== may && answer.use !== 'unknown') leaning += 1;
    // Of an outsider it is not told which organization it is in: where that decides, unknown is right.
    const hangsOnOrganization = answer.kind === 'account' && !those.every(({ can }) => can.must === must);
    if (told && must === may && !hangsOnOrganization) {
      asked += 1;
      if (answer.use === 'unknown') unknown += 1;
    }
  }
  if (complete && !letsAnyoneIn(answers))
    for (const outcome of outcomes)
      if (outcome.can.must && !answers.some((answer) => about(answer, [outcome], []).length > 0))
        wrong.push(`not shared: ${outcome.account} of ${outcome.organization ?? 'no organization'} can`);
  return { wrong, leaning, told: asked, unknown };
}

/**
 * Who is said to be locked out, or not to be let in at all, and can under some reading. Where services act for accounts,
 * the product counts that apart: it is for worlds that have none of that. Of an organization the answer is about those
 * that are told, and one of whom a NotPrincipal may let in may be missing.
 */
export function lockedOutUnderAll(
  answers: readonly EntityAnswer[],
  outcomes: readonly Outcome[],
  complete: boolean,
): readonly string[] {
  const locked = answers
    .filter(({ kind, use }) => use.startsWith('blocked_') && (complete || kind !== 'organization'))
    .filter((answer) => about(answer, outcomes, answers).some(({ can }) => can.may))
    .map(({ kind, id, use }) => `${use}: ${kind} ${id} can under some reading`);
  const unnamed = outcomes
    .filter(({ can }) => complete && !letsAnyoneIn(answers) && can.may)
    .filter((outcome) => !answers.some((answer) => about(answer, [outcome], []).length > 0))
    .map(({ account }) => `not shared: ${account} can under some reading`);
  return [...locked, ...unnamed];
}

/** Where anyone is let in, accounts need not be named. */
const letsAnyoneIn = (answers: readonly EntityAnswer[]): boolean =>
  answers.some(({ kind }) => kind === 'anyone');

const canUse = (use: string): boolean => use === 'possible' || use === 'no_kms_barrier';
const isNamed = (id: string): boolean => (services as readonly string[]).includes(id);
