import { takingTexts } from '../organization-policies/effect.ts';
import { isSure } from '../organization-policies/taking.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { ExternalEntity } from './external-entities.ts';
import { principalsText } from './iam-text.ts';
import type { EntityVerdict } from './judge.ts';
import { noService } from './key-serves.ts';
import { canUse, type EntityUse, uses } from './use.ts';

/** The entity in words: `account 111122223333`, `anyone in any AWS account`. */
export function entityText(entity: ExternalEntity): string {
  switch (entity.kind) {
    case 'account':
      return `account ${entity.id}`;
    case 'organization':
      return `organization ${entity.id}`;
    case 'anyone':
      return 'anyone';
    case 'service':
      return `service ${entity.id}`;
    case 'unique_id':
      return `whoever has ${entity.id}`;
    case 'canonical_user':
      return `canonical user ${entity.id}`;
    case 'access_point':
      return `whom access points of account ${entity.id} admit`;
  }
}

/** Some who fare alike. */
export interface Alike {
  readonly use: EntityUse;
  /** What organization policies have to do with it, as a phrase; empty: nothing. */
  readonly policies: string;
  /** What IAM has to do with it: see `iamText`. */
  readonly iam: string;
  readonly verdicts: readonly EntityVerdict[];
}

/** Entities of one verdict together, in the order of precedence. */
export function byUse(verdicts: readonly EntityVerdict[]): readonly Alike[] {
  return uses.flatMap((use) => {
    const groups = new Map<string, [EntityVerdict, ...EntityVerdict[]]>();
    for (const verdict of verdicts) {
      if (verdict.use !== use) continue;
      const name = JSON.stringify([policyText(verdict), iamText(verdict)]);
      const group = groups.get(name);
      if (group) group.push(verdict);
      else groups.set(name, [verdict]);
    }
    return [...groups.values()].map((some) => ({
      use,
      policies: policyText(some[0]),
      iam: iamText(some[0]),
      verdicts: some,
    }));
  });
}

/** What IAM has to do with a verdict: who can, what is missing, or what decides; empty: nothing is known of it. */
export function iamText({ use, readers }: Pick<EntityVerdict, 'use' | 'readers'>): string {
  if (readers === null) return '';
  if (canUse(use)) return readers.arns.length === 0 ? '' : principalsText(readers.arns);
  return use === 'unknown' || use === 'blocked_by_iam' ? readers.missing : '';
}

/** Of what somebody can do, to whom IAM allows it. */
export const whereIamText = (iam: string): string =>
  iam === '' ? ' where IAM there allows it' : `, where IAM allows it to ${iam}`;

/** What organization policies have to do with a verdict, as a phrase; empty: nothing. */
export function policyText({ use, policies }: EntityVerdict): string {
  if (use === 'blocked_by_organization_policy') return takingTexts(policies, isSure);
  if (use === 'unknown') return takingTexts(policies, (taking) => !isSure(taking));
  return canUse(use) ? takingTexts(policies, () => true) : '';
}

/** Of what somebody can do, where organization policies take a part: ` (but …)`. */
export const butText = (policies: string): string => (policies === '' ? '' : ` (but ${policies})`);

/** Why the key, or what is not known of it, stands in the way. */
export function keyProblem({ key }: ResolvedKey): string {
  switch (key.state) {
    case 'gone':
    case 'unknown':
      return key.problem;
    case 'none':
      return 'no KMS key is used';
    default: {
      const obstacle = key.facts === null ? null : noService(key.facts);
      return obstacle?.problem ?? 'the key itself serves';
    }
  }
}

/** The key in words. @param written as the resource names it */
export function keyText({ key, arn, accountId }: ResolvedKey, written: string): string {
  const resolved = arn === null || arn === written ? written : `${written} (${arn})`;
  if (key.state === 'aws_managed') return `the AWS managed key ${resolved} of account ${accountId}`;
  return `the KMS key ${resolved}`;
}
