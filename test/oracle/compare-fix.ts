import type { Fix } from '../../src/posture/fix/fix.ts';
import { applied, isProposed } from './apply-fix.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { asResource, wrongTakingAway } from './compare-take-away.ts';
import { changes, isLocked, isNamed, same, textOf } from './fix-answers.ts';
import type { Documents, FixSort } from './fix-sorts.ts';
import type { Way } from './operation.ts';
import { type Outcome, outcomeOfService, outcomes } from './outcome.ts';
import { services } from './services.ts';
import { members, ours } from './world.ts';

/**
 * What is wrong with what the product proposes for a bucket or a resource, a sentence each.
 * @param byOracle whether the oracle is asked, too, which takes long
 */
export const wrongFixes = <T extends Documents>(
  sort: FixSort<T>,
  world: T,
  byOracle: boolean,
): readonly string[] =>
  (sort.fixOf(world) ?? []).flatMap((fix) =>
    (fix.purpose === 'unlock' ? wrongUnlock : wrongTakingAway)(sort, world, fix, byOracle),
  );

function wrongUnlock<T extends Documents>(
  sort: FixSort<T>,
  world: T,
  fix: Fix,
  byOracle: boolean,
): readonly string[] {
  const after = applied(world, fix);
  const [answers, answersAfter] = [sort.answers(world, false), sort.answers(after, false)];
  const isMeant = (answer: EntityAnswer): boolean =>
    meansAnswer(fix, answer) || isBehindService(world, fix, answer);
  const ways = sort.ways(world);
  const wrong = Object.keys(answers).flatMap((name) => {
    const [was, is] = [answers[name] ?? [], answersAfter[name] ?? []];
    return [
      ...(isProposed(fix) ? stillLocked(fix, was, is, name) : []),
      // A key that is replaced, or works again, is another for everybody; a step says so.
      ...(isSameKey(world, after) ? changes(was, is, isMeant, name) : []),
      ...(isSameKey(world, after) && byOracle
        ? changedOutcomes(world, after, fix, name, ways[name] ?? [])
        : []),
    ];
  });
  return [...wrong, ...changesBeside(sort, world, after, byOracle)].map(
    (text) => `unlock ${fix.for.join()}: ${text}`,
  );
}

/**
 * The verdicts on those who are meant: nobody of them is locked out. Whom the statement is the first to name, and who is
 * let in to an operation as one of all alone, fares there as these did: another fix is for them.
 */
const stillLocked = (
  fix: Fix,
  before: readonly EntityAnswer[],
  after: readonly EntityAnswer[],
  name: string,
): readonly string[] =>
  after
    .filter((answer) => isNamed(fix, answer) && isLocked(answer) && !isOneOfAll(answer, before, after))
    .map((answer) => `${name}: ${textOf(answer)} is still ${answer.use}`);

/** Under a key that is replaced, or works again, all fare otherwise than before. */
const isOneOfAll = (
  answer: EntityAnswer,
  before: readonly EntityAnswer[],
  after: readonly EntityAnswer[],
): boolean =>
  !before.some((one) => textOf(one) === textOf(answer)) &&
  [...before, ...after].some(({ kind, use }) => kind === 'anyone' && use === answer.use);

/** An account is meant as itself, or as one of an organization that is. */
function meansAnswer(fix: Fix, answer: EntityAnswer): boolean {
  if (isNamed(fix, answer)) return true;
  const isMember = answer.kind === 'account' && (members as readonly (string | null)[]).includes(answer.id);
  return isMember
    ? fix.for.includes(`organization ${ours}`)
    : answer.kind === 'account' && fix.for.some(isOther);
}

/** Another organization, of whose members nothing is told. */
const isOther = (name: string): boolean =>
  name.startsWith('organization ') && name !== `organization ${ours}`;

/**
 * A service that is let in for some, and those for whom it is, are two words for one way in: a statement for the one is
 * for the other, too.
 */
function isBehindService({ policy }: Documents, fix: Fix, { kind, id }: EntityAnswer): boolean {
  const proposed = JSON.stringify(fix.steps);
  if (!proposed.includes('"Service":')) return false;
  if (kind === 'service') return proposed.includes(`"${id}"`);
  const sources = JSON.stringify(policy).match(/"aws:Source(?:Account|Org\w*|Arn)":\[[^\]]*\]/gi) ?? [];
  return sources.some((each) => id !== null && each.includes(id));
}

/** By the oracle: who can now and could not, or the other way round, and is not meant. */
function changedOutcomes(
  world: Documents,
  changed: Documents,
  fix: Fix,
  name: string,
  ways: readonly Way[],
): readonly string[] {
  const [before, after] = [asResource(world), asResource(changed)];
  const [was, is] = [outcomes(before, ways), outcomes(after, ways)];
  const isMeant = ({ account, organization }: Outcome): boolean =>
    fix.for.includes(`account ${account}`) || fix.for.includes(`organization ${organization}`);
  // A service that is let in for whomever it acts for may act for any account, too.
  const isOfService = fix.for.some((one) => one.startsWith('service '));
  const part = (outcome: Outcome | undefined) => (isOfService ? outcome?.can.must : outcome?.can);
  const ofAccounts = was.flatMap((outcome, i) =>
    isMeant(outcome) || same(part(outcome), part(is[i])) ? [] : [`${name}: ${outcome.account} can otherwise`],
  );
  // Services are let in by name; the long way of asking for each is for those that stay as they are.
  const isWritten = (service: string): boolean => JSON.stringify(fix).includes(service);
  const ofServices = services.flatMap((service) =>
    isWritten(service) ||
    same(outcomeOfService(before, ways, service), outcomeOfService(after, ways, service))
      ? []
      : [`${name}: ${service} can otherwise`],
  );
  return [...ofAccounts, ...ofServices];
}

const isSameKey = ({ key }: Documents, after: Documents): boolean =>
  key !== null &&
  (['manager', 'state', 'spec', 'usage'] as const).every((name) => after.key?.[name] === key[name]);

/** Whom the resource alone lets in is left out: the oracle asks for the sources of services once a document names them. */
const canOf = (some: readonly Outcome[]) =>
  some.map(({ account, organization, can }) => [account, organization, can]);

/** Another resource under the same key that is shared in the same way: nobody's answer changes. */
function changesBeside<T extends Documents>(
  sort: FixSort<T>,
  world: T,
  after: T,
  byOracle: boolean,
): readonly string[] {
  if (!isSameKey(world, after)) return [];
  const moved = <V>(value: V): V => JSON.parse(sort.besideText(JSON.stringify(value)));
  const beside: T = { ...world, policy: moved(world.policy) };
  const besideAfter: T = { ...beside, key: after.key };
  const [was, is] = [sort.answers(beside, true), sort.answers(besideAfter, true)];
  const ways = moved(sort.ways(world));
  return Object.keys(was).flatMap((name) => {
    const some = ways[name] ?? [];
    const outcomesDiffer =
      byOracle &&
      !same(canOf(outcomes(asResource(beside), some)), canOf(outcomes(asResource(besideAfter), some)));
    return [
      ...changes(was[name] ?? [], is[name] ?? [], () => false, `another one, ${name}`),
      ...(outcomesDiffer ? [`another one, ${name}: the oracle answers otherwise`] : []),
    ];
  });
}
