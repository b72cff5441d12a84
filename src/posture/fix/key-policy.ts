import { known, valueOrNull } from '../../aws/fact.ts';
import { kms } from '../access/kms.ts';
import { readPolicyOf } from '../access/understood.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { bytesAsEdited, bytesOf, keyPolicyBytes, type RawStatement, withStatements } from './document.ts';
import { fatesBehind } from './fates.ts';
import { type FixStep, noStep } from './fix.ts';
import { grantSteps } from './grants.ts';
import { foundKeys, type Lock, type Party, stillLocked, withKeyFacts, without } from './locked.ts';
import { type Move, standing } from './move.ts';
import { needsOfParty } from './needs.ts';
import { awsCommand } from './shell.ts';
import { type Need, nameOfNeeds, type SharedNeed, shared, statementFor } from './statements.ts';

/** Of those whom a key policy keeps out: the least statements that let them in, for those alike one. */
export function openKeyPolicy(
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] {
  const groups = new Map<string, { parties: Party[]; needs: (readonly Need[])[] }>();
  const [first] = foundKeys(keys);
  const on = first?.arn ?? lock.subject.arn;
  for (const party of parties) {
    const needs = needsOfParty(party, lock, ({ verdict }) => verdict.use === 'blocked_by_key_policy');
    const name = typeof needs === 'string' ? needs : nameOfNeeds(needs);
    const group = groups.get(name) ?? { parties: [], needs: [] };
    groups.set(name, group);
    group.parties.push(party);
    if (typeof needs !== 'string') group.needs.push(needs);
  }
  const moves = inTurn([...groups], keys, ([name, group], opened) =>
    group.needs.length === 0
      ? [standing(group.parties, noStep('key_policy_statement', on, name))]
      : openFor(group.parties, group.needs, opened, lock),
  );
  // Statements for others are on the same document: each is judged with all of them.
  const opened = lastKeys(moves) ?? keys;
  return moves.map((move) => (move.keys === null ? move : { ...move, keys: opened }));
}

/** Moves of some after those of others, on the keys as these leave them. */
function inTurn<T>(
  all: readonly T[],
  keys: readonly ResolvedKey[],
  move: (each: T, opened: readonly ResolvedKey[]) => readonly Move[],
): readonly Move[] {
  let opened = keys;
  return all.flatMap((each) => {
    const made = move(each, opened);
    opened = lastKeys(made) ?? opened;
    return made;
  });
}

const lastKeys = (moves: readonly Move[]) => moves.findLast(({ keys }) => keys !== null)?.keys;

function openFor(
  parties: readonly Party[],
  needs: readonly (readonly Need[])[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] {
  const all = shared(needs);
  const widened = withKeyFacts(keys, (facts) => opening(facts, all.map(statementFor)));
  const isFull = foundKeys(widened).some(isTooLarge);
  // A Deny beats a grant as well. It is found by opening the key to everybody, at a fraction of the work.
  const tried = isFull
    ? withKeyFacts(keys, (facts) => opening(facts, all.map(forEverybody).map(statementFor)))
    : widened;
  const kept = stillLocked(parties, lock.judge(tried)).filter(({ locked }) =>
    locked.some(({ verdict }) => verdict.use === 'blocked_by_key_policy'),
  );
  if (kept.length === 0 && isFull) return [tooLarge(parties, all, keys)];
  if (kept.length === 0) {
    // Each has a statement for itself and those who fare alike then: another stands in what else they are told to do.
    const alike = fatesBehind(parties, lock.judge(widened));
    if (alike.length > 1)
      return inTurn(alike, keys, (some, opened) =>
        openFor(some, needsOf(some, parties, needs), opened, lock),
      );
    return [
      { parties, keys: widened, steps: foundKeys(keys).flatMap((facts) => statementSteps(facts, all, lock)) },
    ];
  }
  const denied = standing(
    kept,
    ...foundKeys(keys).map((facts) => noStep('key_policy_statement', facts.arn, denyText(facts))),
  );
  const rest = without(parties, kept);
  if (rest.length === 0) return [denied];
  return [...openFor(rest, needsOf(rest, parties, needs), keys, lock), denied];
}

/** @param needs of each of the parties, in their order */
function needsOf(
  some: readonly Party[],
  parties: readonly Party[],
  needs: readonly (readonly Need[])[],
): readonly (readonly Need[])[] {
  const names = new Set(some.map(({ name }) => name));
  return needs.filter((_, i) => names.has(parties[i]?.name ?? ''));
}

const forEverybody = (need: SharedNeed): SharedNeed =>
  need.kind === 'AWS' ? { ...need, lines: [], principals: ['*'] } : need;

/** A key whose policy has more statements. */
const opening = (facts: KeyFacts, statements: readonly RawStatement[]): KeyFacts =>
  facts.policy.state === 'known'
    ? { ...facts, policy: known(withStatements(facts.policy.value, statements)) }
    : facts;

const sizeText = `${keyPolicyBytes.toLocaleString('en')} bytes`;
const isTooLarge = ({ policy }: KeyFacts): boolean => bytesOf(valueOrNull(policy) ?? '') > keyPolicyBytes;

function statementSteps(
  facts: KeyFacts,
  needs: readonly SharedNeed[],
  { subject }: Lock,
): readonly FixStep[] {
  const { arn, scope } = facts;
  const whose = scope.accountId === subject.scope.accountId ? '' : ` of account ${scope.accountId}`;
  return needs.map((need) => ({
    kind: 'key_policy_statement',
    on: arn,
    statement: statementFor(need),
    command: putKeyPolicy(facts),
    why: `The key policy${whose} does not let them ${need.actions.join(' and ')}: the statement, added to it, does so for ${subject.name} alone, by the encryption context${sourcesText(need)}.${roomText(facts, needs)}`,
  }));
}

/** Whether white space counts AWS does not say of key policies. */
const roomText = ({ policy }: KeyFacts, needs: readonly SharedNeed[]): string =>
  bytesAsEdited(valueOrNull(policy) ?? '', needs.map(statementFor)) <= keyPolicyBytes
    ? ''
    : ` It fits into ${sizeText} only where the policy is put without white space between.`;

/** A service may be had to act for anybody: what the resource lets in so, the key does. */
const sourcesText = ({ kind, lines }: SharedNeed): string =>
  kind === 'Service' && lines.length === 0
    ? '; whomever the service acts for, since the resource policy has no aws:SourceArn or aws:SourceAccount either'
    : '';

/** Reads the policy into a file, which is edited, and puts it. */
export const putKeyPolicy = ({ arn, scope }: Pick<KeyFacts, 'arn' | 'scope'>): string => {
  const named = ['--key-id', arn, '--policy-name', 'default'];
  const read = [...named, '--query', 'Policy', '--output', 'text'];
  return [
    `${awsCommand('kms', 'get-key-policy', scope.region, read)} > key-policy.json`,
    awsCommand('kms', 'put-key-policy', scope.region, [...named, '--policy', 'file://key-policy.json']),
  ].join('\n');
};

/** Grants in its place, which are not tried on the keys: what stands behind the key, its IAM say, is not told. */
function tooLarge(
  parties: readonly Party[],
  needs: readonly SharedNeed[],
  keys: readonly ResolvedKey[],
): Move {
  const why = `With the statement the key policy would pass ${sizeText}.`;
  return standing(
    parties,
    ...foundKeys(keys).flatMap((facts) => [
      noStep('key_policy_statement', facts.arn, why),
      ...grantSteps(needs, facts, why),
    ]),
  );
}

function denyText({ policy, ramPolicy }: KeyFacts): string {
  const denies = [valueOrNull(policy), valueOrNull(ramPolicy)].flatMap((text, i) =>
    text === null
      ? []
      : readPolicyOf(kms, text)
          .statements.filter(({ effect }) => effect === 'Deny')
          .map(
            ({ index, sid }) =>
              `statement ${sid ?? index} of the ${i === 0 ? 'key policy' : 'policy AWS_RAM'}`,
          ),
  );
  if (denies.length === 0) return 'By what the policies ask of them together no statement lets them in.';
  return `A Deny (${denies.join(', ')}) keeps them out whatever is allowed, and is there on purpose: no change of it is proposed.`;
}
