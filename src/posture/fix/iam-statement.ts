import { actionsOf } from '../policy/action.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { conditionsOf } from './binding.ts';
import type { RawStatement } from './document.ts';
import { type FixStep, noStep } from './fix.ts';
import { foundKeys, type Lock, type Party, type PartyUse } from './locked.ts';
import { type Move, standing } from './move.ts';
import { needsOfParty } from './needs.ts';
import { isNew } from './replace-key.ts';
import { type Need, oneOrAll, written } from './statements.ts';

/** Of accounts in which no user or role has what it takes: the statements of IAM there that are missing. */
export const allowByIam = (
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] => parties.map((party) => standing([party], stepFor(party, keys, lock)));

function stepFor(party: Party, keys: readonly ResolvedKey[], lock: Lock): FixStep {
  const locked = party.locked.filter(({ verdict }) => verdict.use === 'blocked_by_iam');
  const admissions = locked.flatMap(({ verdict }) => verdict.admissions);
  const named = [...new Set(admissions.flatMap(({ principal }) => principal.arn ?? []))].filter(
    (arn) => !/[*?]/.test(arn),
  );
  const on = named.length > 0 ? named.join(', ') : `a user or role of ${party.name}`;
  const missing = locked.map(({ verdict }) => verdict.readers?.missing ?? '').find((text) => text !== '');
  const ofNewKey = foundKeys(keys).some(isNew) ? ' $KEY_ARN stands for the ARN of the new key.' : '';
  const why = `By IAM of ${party.name} ${missing ?? 'nobody has what it takes'}; a boundary, an SCP or a Deny there counts besides.${ofNewKey}`;
  if (locked.some(({ operation }) => operation.actions === null)) return noStep('iam_statement', on, why);
  const needs = needsOfParty(party, lock, ({ verdict }) => verdict.use === 'blocked_by_iam');
  const ofKeys = typeof needs === 'string' ? [] : needs.flatMap((need) => onKeys(need, keys));
  const statement = [...locked.map((use) => onData(use, lock)), ...ofKeys];
  return { kind: 'iam_statement', on, statement, command: null, why };
}

function onData({ operation, verdict }: PartyUse, { subject }: Lock): RawStatement {
  const { grammar } = subject.context;
  const letIn = verdict.admissions.reduce((set, { actions }) => set | actions, 0n);
  const actions = (operation.actions ?? []).flatMap(
    (group) => group.find((name) => (actionsOf(grammar).named(name) & letIn) !== 0n) ?? group.slice(0, 1),
  );
  const { arn } = subject;
  return {
    Effect: 'Allow',
    Action: oneOrAll(actions),
    Resource: grammar.service === 's3' ? `${arn}/*` : arn,
  };
}

const onKeys = ({ actions, binding }: Need, keys: readonly ResolvedKey[]): readonly RawStatement[] =>
  foundKeys(keys).map((key) => ({
    Effect: 'Allow',
    Action: oneOrAll(actions),
    Resource: isNew(key) ? '$KEY_ARN' : key.arn,
    Condition: written(conditionsOf(binding, true)),
  }));
