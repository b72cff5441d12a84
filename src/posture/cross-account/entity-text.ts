import type { ResolvedKey } from '../resource-key.ts';
import type { ExternalEntity } from './external-entities.ts';
import type { EntityVerdict } from './judge.ts';
import { noService } from './key-serves.ts';
import { type EntityUse, uses } from './use.ts';

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

/** Entities of one verdict together, in the order of precedence. */
export function byUse(
  verdicts: readonly EntityVerdict[],
): readonly (readonly [EntityUse, EntityVerdict[]])[] {
  return uses
    .map((use) => [use, verdicts.filter((verdict) => verdict.use === use)] as const)
    .filter(([, entities]) => entities.length > 0);
}

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
