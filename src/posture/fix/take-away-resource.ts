import { valueOrNull } from '../../aws/fact.ts';
import { withinAccount } from '../access/intersection.ts';
import { findingsOfPolicy } from '../access/statements.ts';
import { letInByList } from '../resource/let-in-by-list.ts';
import type { SharedByList } from '../resource/resource-facts.ts';
import type { ResourcePosture } from '../resource/verdict.ts';
import { type Fix, fixFor, noStep } from './fix.ts';
import { lockedOutOfAll, type PartyUse } from './locked.ts';
import { takingAway } from './take-away.ts';
import { puttingPolicy, unsharing } from './under-new-key.ts';

/** What takes those who are locked out out of the resource's policy, or off the list that shares it. */
export function takingAwayResource(posture: ResourcePosture, uses: readonly PartyUse[]): readonly Fix[] {
  const { facts, rules, context, policy } = posture;
  const sharing = valueOrNull(facts.sharing);
  if (sharing === null || sharing.by === 'nothing') return [];
  if (sharing.by === 'accounts') return offTheList(posture, sharing, uses);
  // Of several policies that count as one, the places of statements do not tell which it is.
  if (policy === null || sharing.onlyTo !== undefined || facts.within !== undefined) return [];
  return takingAway({
    on: facts.arn,
    policy,
    findings: findingsOfPolicy(policy, 'resource_policy', context),
    context,
    uses,
    put: puttingPolicy(facts, rules.service),
    remove: null,
  });
}

function offTheList(
  { facts, rules, context }: ResourcePosture,
  list: SharedByList,
  uses: readonly PartyUse[],
): readonly Fix[] {
  const parties = lockedOutOfAll(uses);
  if (parties.length === 0) return [];
  const accounts = parties.flatMap(({ entity }) =>
    entity.kind === 'account' && list.accountIds.includes(entity.id) ? [entity.id] : [],
  );
  // Everybody, or an organization, may be on the list as well.
  const others = { ...list, accountIds: list.accountIds.filter((id) => !accounts.includes(id)) };
  const { admissions } = letInByList(others, facts, context);
  const isLeft = accounts.some((id) => withinAccount(admissions, id, context.viewpoint).length > 0);
  const command = unsharing(facts, rules.service, accounts);
  const why = `If the share is not wanted: the list that shares it lets them in${isLeft ? ', as part of a wider entry, too' : ''}, and the key keeps them out.`;
  const step =
    command === null || isLeft || accounts.length < parties.length
      ? noStep('remove_from_list', facts.arn, why)
      : ({ kind: 'remove_from_list', on: facts.arn, statement: { accounts }, command, why } as const);
  const names = parties.map(({ name }) => name);
  return [fixFor(names, 'take_away', [step])];
}
