import { valueOrNull } from '../../aws/fact.ts';
import type { Organization } from '../../organization/model.ts';
import { organizationPolicies } from '../cross-account/organization-policies.ts';
import { byUse, keyProblem, keyText, partyText } from '../cross-account/party-text.ts';
import type { PartyUse } from '../cross-account/use.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { ResourceRules } from './rules.ts';
import type { ResourcePosture, ResourceVerdict } from './verdict.ts';

/** One sentence: the resource, its key, and who can and cannot use it. */
export function resourceExplanation(
  posture: ResourcePosture,
  verdict: ResourceVerdict,
  key: ResolvedKey,
  organization: Organization,
): string {
  const { arn, resourceType } = posture.facts;
  const who = partyTexts(posture, verdict, key);
  return [
    `${resourceType} ${arn}, encrypted with ${encryptionText(posture, key)}: ${who.join(', and ')}`,
    ...(posture.rules.caveat === undefined ? [] : [posture.rules.caveat]),
    ...organizationPolicies(organization),
  ].join('; ');
}

function encryptionText({ facts, rules }: ResourcePosture, key: ResolvedKey): string {
  const encryption = facts.encryption.state === 'known' ? facts.encryption.value : null;
  switch (encryption?.state) {
    case 'kms':
      return keyText(key, encryption.key ?? rules.defaultAlias);
    case 'aws_owned':
      return 'a key that AWS owns';
    case 'aws_owned_or_managed':
      return 'a key that AWS owns or manages, it does not say which';
    case 'none':
      return 'no key';
    default:
      return 'a key that is not known';
  }
}

function partyTexts(posture: ResourcePosture, verdict: ResourceVerdict, key: ResolvedKey): readonly string[] {
  const texts = groups(verdict).map(
    ({ names, use, operations }) => `${names} ${useText(use, operations, posture, key)}`,
  );
  const sharing = posture.facts.sharing;
  if (posture.mayMissParties) {
    const why = sharing.state === 'known' ? 'in part not understood' : 'not read';
    return [...texts, `others may be let in, since its policy was ${why}`];
  }
  if (texts.length > 0) return texts;
  return [nobodyText(posture, key)];
}

function nobodyText({ facts, rules }: ResourcePosture, { key }: ResolvedKey): string {
  const by = valueOrNull(facts.sharing)?.by;
  if (by === 'nothing') return 'it cannot be shared with other accounts';
  // "You can't share snapshots that are encrypted with the default AWS managed key" (EBS and RDS user guides).
  return by === 'accounts' && key.state === 'aws_managed'
    ? `no other account is let in, and AWS lets nobody share it while it is under the AWS managed key ${rules.defaultAlias}`
    : 'no other account is let in';
}

interface Group {
  readonly names: string;
  readonly use: PartyUse;
  readonly operations: string[];
}

/** Those who fare alike, with all operations in which they do. */
function groups({ operations }: ResourceVerdict): readonly Group[] {
  const found = new Map<string, Group>();
  for (const { operation, parties } of operations) {
    for (const [use, some] of byUse(parties)) {
      const names = some.map(({ party }) => partyText(party)).join(', ');
      const known = found.get(`${use} ${names}`);
      if (known === undefined) found.set(`${use} ${names}`, { names, use, operations: [operation] });
      else known.operations.push(operation);
    }
  }
  return [...found.values()];
}

function useText(
  use: PartyUse,
  operations: readonly string[],
  { rules }: ResourcePosture,
  key: ResolvedKey,
): string {
  const does = operations.join(' or ');
  switch (use) {
    case 'blocked_by_aws_managed_key':
      return `cannot ${does}, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it`;
    case 'blocked_by_key_state':
      return `cannot ${does}, because ${keyProblem(key)}`;
    case 'blocked_by_key_policy':
      return `cannot ${does}, because neither the key policy nor a grant admits a principal that is let in to it, for ${keyActions(operations, rules)}`;
    case 'possible':
      return rules.checkedAgainst === 'service'
        ? `can ${does}: ${rules.service} uses the key by its own permission`
        : `can ${does} where IAM there allows it`;
    case 'no_kms_barrier':
      return `meets no KMS barrier and can ${does} where IAM there allows it`;
    default:
      return `may be able to ${does} or not: ${doubtText(key)}`;
  }
}

function doubtText(resolved: ResolvedKey): string {
  const { key } = resolved;
  if (key.state === 'unknown') return key.problem;
  const [error] = resolved.errors;
  if (error !== undefined) return `${error.site.operation} on the key failed with ${error.code}`;
  if (key.state === 'found' && key.facts.grants.state === 'not_asked')
    return "the key's grants were not read (include_grants)";
  return 'conditions or policies that are not evaluated decide';
}

/** `kms:GenerateDataKey and kms:Decrypt`: all that the operations need of the key. */
function keyActions(operations: readonly string[], rules: ResourceRules): string {
  const needed = rules.operations.filter(({ name }) => operations.includes(name));
  const actions = [...new Set(needed.flatMap((operation) => operation.keyActions))];
  return actions.length < 2 ? actions.join() : `${actions.slice(0, -1).join(', ')} and ${actions.at(-1)}`;
}
