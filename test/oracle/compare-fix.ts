import type { Fix } from '../../src/posture/fix/fix.ts';
import { applied, isProposed } from './apply-fix.ts';
import type { Bucket } from './arbitrary-world.ts';
import type { EntityAnswer } from './compare-entities.ts';
import type { Way } from './operation.ts';
import { type Outcome, outcomeOfService, outcomes } from './outcome.ts';
import { fixByProduct, namedBucketByProduct } from './product.ts';
import { services } from './services.ts';
import { readObject, writeObject } from './ways.ts';
import { members, ours } from './world.ts';

const operations = ['read', 'write'] as const;
type Operation = (typeof operations)[number];

/**
 * What is wrong with what the product proposes for a bucket, a sentence each.
 * @param byOracle whether the oracle is asked, too, which takes long
 */
export function wrongFixes(bucket: Bucket, byOracle: boolean): readonly string[] {
  return (fixByProduct(bucket) ?? []).flatMap((fix) =>
    fix.purpose === 'unlock' ? wrongUnlock(bucket, fix, byOracle) : wrongTakingAway(bucket, fix, byOracle),
  );
}

function wrongUnlock(bucket: Bucket, fix: Fix, byOracle: boolean): readonly string[] {
  const after = applied(bucket, fix);
  const [answers, answersAfter] = [namedBucketByProduct(bucket, 'lake'), namedBucketByProduct(after, 'lake')];
  const isMeant = (answer: EntityAnswer): boolean =>
    meansAnswer(fix, answer) || isBehindService(bucket, fix, answer);
  const wrong = operations.flatMap((name) => [
    ...(isProposed(fix) ? stillLocked(fix, answers[name].entities, answersAfter[name].entities, name) : []),
    // A key that is replaced, or works again, is another for everybody; a step says so.
    ...(isSameKey(bucket, after)
      ? [
          ...changes(answers[name].entities, answersAfter[name].entities, isMeant, name),
          ...(byOracle ? changedOutcomes(bucket, after, fix, name) : []),
        ]
      : []),
  ]);
  return [...wrong, ...changesBeside(bucket, after, byOracle)].map(
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
  name: Operation,
): readonly string[] =>
  after
    .filter((answer) => fix.for.includes(textOf(answer)) && isLocked(answer))
    .filter((answer) => !isOneOfAll(answer, before))
    .map((answer) => `${name}: ${textOf(answer)} is still ${answer.use}`);

const isLocked = ({ use }: EntityAnswer): boolean => use.startsWith('blocked_');
const isOneOfAll = (answer: EntityAnswer, before: readonly EntityAnswer[]): boolean =>
  !before.some((one) => textOf(one) === textOf(answer)) &&
  before.some(({ kind, use }) => kind === 'anyone' && use === answer.use);

const textOf = ({ kind, id }: EntityAnswer): string => (kind === 'anyone' ? kind : `${kind} ${id}`);

/** An account is meant as itself, or as one of an organization that is. */
function meansAnswer({ for: names }: Fix, answer: EntityAnswer): boolean {
  if (names.includes(textOf(answer))) return true;
  const isMember = answer.kind === 'account' && (members as readonly (string | null)[]).includes(answer.id);
  return isMember ? names.includes(`organization ${ours}`) : answer.kind === 'account' && names.some(isOther);
}

/**
 * A service that is let in for some, and those for whom it is, are two words for one way in: a statement for the one is
 * for the other, too.
 */
function isBehindService({ policy }: Bucket, fix: Fix, { kind, id }: EntityAnswer): boolean {
  const proposed = JSON.stringify(fix.steps);
  if (!proposed.includes('"Service":')) return false;
  if (kind === 'service') return proposed.includes(`"${id}"`);
  const sources = JSON.stringify(policy).match(/"aws:Source(?:Account|Org\w*|Arn)":\[[^\]]*\]/gi) ?? [];
  return sources.some((each) => id !== null && each.includes(id));
}

/** Another organization, of whose members nothing is told. */
const isOther = (name: string): boolean =>
  name.startsWith('organization ') && name !== `organization ${ours}`;

function changes(
  before: readonly EntityAnswer[],
  after: readonly EntityAnswer[],
  isMeant: (answer: EntityAnswer, after: EntityAnswer['use'] | undefined) => boolean,
  name: string,
): readonly string[] {
  const uses = new Map(after.map((answer) => [textOf(answer), answer.use]));
  return before.flatMap((answer) => {
    const use = uses.get(textOf(answer));
    return isMeant(answer, use) || use === answer.use
      ? []
      : [`${name}: ${textOf(answer)} was ${answer.use} and is ${use}`];
  });
}

const waysOf = (bucket: Bucket, name: Operation): readonly Way[] =>
  name === 'read' ? readObject(bucket) : writeObject(bucket);

/** By the oracle: who can now and could not, or the other way round, and is not meant. */
function changedOutcomes(bucket: Bucket, after: Bucket, fix: Fix, name: Operation): readonly string[] {
  const ways = waysOf(
    { ...after, policy: { ...after.policy, Statement: [...bucket.policy.Statement] } },
    name,
  );
  const [was, is] = [outcomes(bucket, ways), outcomes(after, ways)];
  const isMeant = ({ account, organization }: Outcome): boolean =>
    fix.for.includes(`account ${account}`) || fix.for.includes(`organization ${organization}`);
  // A service that is let in for whomever it acts for may act for any account, too.
  const isOfService = fix.for.some((one) => one.startsWith('service '));
  const part = (outcome: Outcome | undefined) => (isOfService ? outcome?.can.must : outcome?.can);
  const ofAccounts = was.flatMap((outcome, i) =>
    isMeant(outcome) || same(part(outcome), part(is[i])) ? [] : [`${name}: ${outcome.account} can otherwise`],
  );
  // Services are let in by name; the long way of asking for each is for those that stay as they are.
  const isNamed = (service: string): boolean => JSON.stringify(fix).includes(service);
  const ofServices = services.flatMap((service) =>
    isNamed(service) || same(outcomeOfService(bucket, ways, service), outcomeOfService(after, ways, service))
      ? []
      : [`${name}: ${service} can otherwise`],
  );
  return [...ofAccounts, ...ofServices];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isSameKey = ({ key }: Bucket, after: Bucket): boolean =>
  key !== null &&
  (['manager', 'state', 'spec', 'usage'] as const).every((name) => after.key?.[name] === key[name]);

/** Another bucket under the same key that is shared in the same way: nobody's answer changes. */
function changesBeside(bucket: Bucket, after: Bucket, byOracle: boolean): readonly string[] {
  if (!isSameKey(bucket, after)) return [];
  const beside = inPond(bucket);
  const besideAfter = { ...beside, key: after.key };
  const [was, is] = [namedBucketByProduct(beside, 'pond'), namedBucketByProduct(besideAfter, 'pond')];
  return operations.flatMap((name) => {
    const ways = waysOf(bucket, name).map(wayToPond);
    const outcomesDiffer = byOracle && !same(outcomes(beside, ways), outcomes(besideAfter, ways));
    return [
      ...changes(was[name].entities, is[name].entities, () => false, `another bucket, ${name}`),
      ...(outcomesDiffer ? [`another bucket, ${name}: the oracle answers otherwise`] : []),
    ];
  });
}

const toPond = (text: string): string => text.replaceAll('arn:aws:s3:::lake', 'arn:aws:s3:::pond');
const inPond = (bucket: Bucket): Bucket => ({
  ...bucket,
  policy: JSON.parse(toPond(JSON.stringify(bucket.policy))),
});
const wayToPond = (way: Way): Way => JSON.parse(toPond(JSON.stringify(way)));

function wrongTakingAway(bucket: Bucket, fix: Fix, byOracle: boolean): readonly string[] {
  if (!isProposed(fix)) return [];
  const after = applied(bucket, fix);
  const [answers, answersAfter] = [namedBucketByProduct(bucket, 'lake'), namedBucketByProduct(after, 'lake')];
  const isNamed = (answer: EntityAnswer): boolean => fix.for.includes(textOf(answer));
  // An account that the key alone names is one of all: locked out as they are, it has nothing to lose.
  const isMeant = (answer: EntityAnswer, after: EntityAnswer['use'] | undefined): boolean =>
    isNamed(answer) || (fix.for.includes('anyone') && isLocked(answer) && after === undefined);
  // A service may act for any account: a step says where services that nobody names lose it, too.
  const isOfServices = fix.steps.some(({ why }) => why.includes('AWS services that have it'));
  const part = (outcome: Outcome | undefined) => (isOfServices ? outcome?.can.must : outcome?.can);
  return operations.flatMap((name) => {
    const ways = waysOf(bucket, name);
    const [was = [], is = []] = byOracle ? [outcomes(bucket, ways), outcomes(after, ways)] : [];
    return [
      ...answersAfter[name].entities
        .filter(isNamed)
        .map((answer) => `${name}: ${textOf(answer)} is still let in`),
      ...changes(answers[name].entities, answersAfter[name].entities, isMeant, name),
      ...is.flatMap((outcome, i) => [
        ...(fix.for.includes(`account ${outcome.account}`) && outcome.letIn.must
          ? [`${name}: the oracle still lets in ${outcome.account}`]
          : []),
        ...(same(part(outcome), part(was[i]))
          ? []
          : [`${name}: the oracle lets ${outcome.account} do otherwise`]),
      ]),
    ].map((text) => `take away ${fix.for.join()}: ${text}`);
  });
}
