import type { Fix } from '../../src/posture/fix/fix.ts';
import { applied, isProposed } from './apply-fix.ts';
import { type Asked, asked, type Judge } from './asked.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { stillShut, unnamedBlocks } from './compare-policies-above.ts';
import { wrongTakingAway } from './compare-take-away.ts';
import { changes, isLocked, isNamed, same, textOf } from './fix-answers.ts';
import type { Documents, FixSort } from './fix-sorts.ts';
import type { Outcome } from './outcome.ts';
import { services } from './services.ts';
import { members, ours } from './world.ts';

/**
 * What is wrong with what the product proposes for a bucket or a resource, a sentence each.
 * @param by whose answers are compared: of the rules, or of the oracle, which takes long
 */
export function wrongFixes<T extends Documents>(sort: FixSort<T>, world: T, by: Judge): readonly string[] {
  const fixes = sort.fixOf(world) ?? [];
  if (fixes.length === 0) return [];
  const before = asked(sort, world, sort.ways(world));
  return [
    ...fixes.flatMap((fix) =>
      (fix.purpose === 'unlock' ? wrongUnlock : wrongTakingAway)(sort, before, fix, by),
    ),
    ...changesBeside(sort, world, fixes, by),
  ];
}

function wrongUnlock<T extends Documents>(
  sort: FixSort<T>,
  before: Asked<T>,
  fix: Fix,
  by: Judge,
): readonly string[] {
  const { world } = before;
  const after = asked(sort, applied(world, fix), sort.ways(world));
  const isMeant = (answer: EntityAnswer): boolean =>
    meansAnswer(fix, answer) || isBehindService(world, fix, answer);
  const isSame = isSameKey(world, after.world);
  // A key that is replaced, or works again, is another for everybody; a step says so.
  const wrong =
    by === 'oracle'
      ? before.operations.flatMap((name) => [
          ...(isSame ? changedOutcomes(before, after, fix, name) : []),
          ...(isProposed(fix) ? stillShut(before, after, fix, name) : []),
        ])
      : Object.entries(after.answers()).flatMap(([name, is]) => {
          const was = before.answers()[name] ?? [];
          return [
            ...(isProposed(fix) ? stillLocked(fix, was, is, name) : []),
            ...unnamedBlocks(world, fix, was, name),
            ...(isSame ? changes(was, is, isMeant, name) : []),
          ];
        });
  return wrong.map((text) => `unlock ${fix.for.join()}: ${text}`);
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
    .filter(({ use }) => !(ofNewKey(fix) && use === 'blocked_by_organization_policy'))
    .map((answer) => `${name}: ${textOf(answer)} is still ${answer.use}`);

/** It stands under the ARN of the old one here, which policies of the organization may name. */
const ofNewKey = ({ steps }: Fix): boolean => steps.some(({ kind }) => kind === 'replace_key');

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
function changedOutcomes<T extends Documents>(
  before: Asked<T>,
  after: Asked<T>,
  fix: Fix,
  name: string,
): readonly string[] {
  const [was, is] = [before.outcomes(name), after.outcomes(name)];
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
    isWritten(service) || same(before.outcomeOfService(name, service), after.outcomeOfService(name, service))
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

/**
 * Another resource under the same key that is shared in the same way: nobody's answer changes. All statements and grants
 * are tried together, since none of them can take from another what it lets in to.
 */
function changesBeside<T extends Documents>(
  sort: FixSort<T>,
  world: T,
  fixes: readonly Fix[],
  by: Judge,
): readonly string[] {
  const key = fixes
    .filter(({ purpose }) => purpose === 'unlock')
    .reduce<T>((changed, fix) => {
      const after = applied(changed, fix);
      return isSameKey(changed, after) ? after : changed;
    }, world).key;
  if (key === world.key) return [];
  const moved = <V>(value: V): V => JSON.parse(sort.besideText(JSON.stringify(value)));
  const ways = moved(sort.ways(world));
  const { policy, controls } = world;
  const there = { ...world, policy: moved(policy), ...(controls && { controls: moved(controls) }) };
  const before = asked(sort, there, ways, true);
  const after = asked(sort, { ...before.world, key }, ways, true);
  const about = (name: string): string => `unlock: another one, ${name}`;
  if (by === 'rules')
    return Object.entries(after.answers()).flatMap(([name, is]) =>
      changes(before.answers()[name] ?? [], is, () => false, about(name)),
    );
  return before.operations.flatMap((name) =>
    same(canOf(before.outcomes(name)), canOf(after.outcomes(name)))
      ? []
      : [`${about(name)}: the oracle answers otherwise`],
  );
}
