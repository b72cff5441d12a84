import { notApplicable, valueOrNull } from '../../aws/fact.ts';
import type { Organization } from '../../organization/model.ts';
import { isOutsideAccount, trustOf } from '../access/trust.ts';
import {
  butText,
  byUse,
  entityText,
  keyProblem,
  keyText,
  whereIamText,
} from '../cross-account/entity-text.ts';
import { organizationPolicies } from '../cross-account/organization-policies.ts';
import type { EntityUse } from '../cross-account/use.ts';
import { actionsOf } from '../policy/action.ts';
import { allKeys, type ResolvedKey, type ResourceKeys } from '../resource-key.ts';
import type { ResourceOperation, ResourceRules } from './rules.ts';
import type { OperationVerdict, ResourcePosture, ResourceVerdict } from './verdict.ts';

/** One sentence: the resource, its keys, and who can and cannot use it. */
export function resourceExplanation(
  posture: ResourcePosture,
  verdict: ResourceVerdict,
  keys: ResourceKeys,
  organization: Organization,
): string {
  const { arn, resourceType } = posture.facts;
  const who = entityTexts(posture, verdict, allKeys(keys));
  return [
    `${resourceType} ${arn}, encrypted with ${encryptionText(posture, keys)}: ${who.join(', and ')}`,
    ...missingTexts(posture),
    ...(posture.rules.caveat === undefined ? [] : [posture.rules.caveat]),
    ...organizationPolicies(
      organization,
      posture.context.viewpoint.policies,
      verdict.operations.flatMap(({ entities }) => entities),
    ),
  ].join('; ');
}

function encryptionText(
  { facts, rules }: ResourcePosture,
  { resolved, associated, further }: ResourceKeys,
): string {
  const encryption = facts.encryption.state === 'known' ? facts.encryption.value : null;
  switch (encryption?.state) {
    case 'kms': {
      const first = eitherText(
        [resolved, ...associated],
        [encryption.key ?? rules.defaultAlias, ...(encryption.associatedKeys ?? [])],
      );
      const more = further.map((keys, i) => {
        const written = encryption.furtherKeys?.[i];
        return eitherText(keys, written === undefined ? [] : [written.key, ...written.associatedKeys]);
      });
      return [first, ...more].join(', and in part with ');
    }
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

/** @param written as the resource names them */
const eitherText = (keys: readonly ResolvedKey[], written: readonly (string | null)[]): string =>
  keys.map((key, i) => keyText(key, written[i] ?? 'not named')).join(', opened as well by ');

function entityTexts(
  posture: ResourcePosture,
  verdict: ResourceVerdict,
  keys: readonly ResolvedKey[],
): readonly string[] {
  const texts = groups(posture, verdict).map((group) => `${group.names} ${useText(group, posture, keys)}`);
  if (posture.others !== null) return [...texts, `others may be let in, since ${posture.others}`];
  return texts.length > 0 ? texts : [nobodyText(posture, keys)];
}

function nobodyText({ facts, rules }: ResourcePosture, keys: readonly ResolvedKey[]): string {
  const sharing = valueOrNull(facts.sharing);
  if (sharing?.by === 'nothing' && (facts.ram ?? notApplicable).state === 'not_applicable')
    return 'it cannot be shared with other accounts';
  if (sharing?.by !== 'accounts') return 'no other account is let in';
  if (sharing.everybody)
    return "no other account is let in, since the region's block of public snapshots (block-all-sharing) takes away that it is public";
  // "You can't share snapshots that are encrypted with the default AWS managed key" (EBS and RDS user guides).
  return rules.managedKeyDoubt === undefined && keys.every(({ key }) => key.state === 'aws_managed')
    ? `no other account is let in, and AWS lets nobody share it while it is under the AWS managed key ${rules.defaultAlias}`
    : 'no other account is let in';
}

/** Some who fare alike, and in what. */
interface Group {
  readonly names: string;
  readonly use: EntityUse;
  readonly policies: string;
  readonly iam: string;
  /** All checked against the same. */
  readonly operations: ResourceOperation[];
  /** `send`, `describe it (sqs:GetQueueUrl)`. */
  readonly deeds: string[];
}

function groups(posture: ResourcePosture, { operations }: ResourceVerdict): readonly Group[] {
  const found = new Map<string, Group>();
  for (const { operation, entities } of operations) {
    for (const { use, policies, iam, verdicts } of byUse(entities)) {
      const names = verdicts.map(({ entity }) => entityText(entity)).join(', ');
      const deed = deedText({ operation, entities: verdicts }, posture);
      const name = `${use} ${operation.checkedAgainst} ${names} ${policies} ${iam}`;
      const group = found.get(name);
      if (group === undefined)
        found.set(name, { names, use, policies, iam, operations: [operation], deeds: [deed] });
      else {
        group.operations.push(operation);
        group.deeds.push(deed);
      }
    }
  }
  return [...found.values()];
}

/** Actions that are listed at most. */
const listed = 3;

/** What lies beside reading and writing goes by its actions. */
function deedText({ operation, entities }: OperationVerdict, { rules, context }: ResourcePosture): string {
  if (rules.operations.includes(operation)) return operation.name;
  const catalog = actionsOf(context.grammar);
  const own = (operation.actions?.[0] ?? []).reduce((set, name) => set | catalog.named(name), 0n);
  const all = entities
    .flatMap(({ admissions }) => admissions)
    .reduce((set, { actions }) => set | actions, 0n);
  const names = catalog.list(all & own);
  const more = names.length - listed;
  return `${operation.name} (${names.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

function useText(
  { use, policies, iam, operations, deeds }: Group,
  { rules }: ResourcePosture,
  keys: readonly ResolvedKey[],
): string {
  const does = deeds.join(' or ');
  switch (use) {
    case 'blocked_by_aws_managed_key':
      return `cannot ${does}, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it`;
    case 'blocked_by_key_state':
      return `cannot ${does}, because ${keys.map(keyProblem).join(' and ')}`;
    case 'blocked_by_key_policy':
      return `cannot ${does}, because neither the key policy nor a grant admits a principal that is let in to it, for ${keyActions(operations)}`;
    case 'blocked_by_organization_policy':
      return `cannot ${does}, because ${policies}`;
    case 'blocked_by_iam':
      return `cannot ${does}, because of its IAM: ${iam}`;
    case 'possible':
      return operations.some(({ checkedAgainst }) => checkedAgainst === 'service')
        ? `can ${does}${iam === '' ? '' : whereIamText(iam)}: ${rules.service} uses the key by its own permission${butText(policies)}`
        : `can ${does}${whereIamText(iam)}${butText(policies)}`;
    case 'no_kms_barrier':
      return `meets no KMS barrier and can ${does}${whereIamText(iam)}${butText(policies)}`;
    default:
      return `may be able to ${does} or not: ${doubtText(keys, [managedDoubt(keys, rules), policies, iam])}`;
  }
}

function doubtText(keys: readonly ResolvedKey[], others: readonly string[]): string {
  const known = [knownDoubt(keys), ...others].filter((text) => text !== null && text !== '');
  return known.join('; ') || 'conditions or policies that are not evaluated decide';
}

const managedDoubt = (keys: readonly ResolvedKey[], { managedKeyDoubt = '' }: ResourceRules): string =>
  keys.some(({ key }) => key.state === 'aws_managed') ? managedKeyDoubt : '';

function knownDoubt(keys: readonly ResolvedKey[]): string | null {
  for (const { key } of keys) if (key.state === 'unknown') return key.problem;
  const [error] = keys.flatMap(({ errors }) => errors);
  if (error !== undefined) return `${error.site.operation} on the key failed with ${error.code}`;
  if (keys.some(({ key }) => key.state === 'found' && key.facts.grants.state === 'not_asked'))
    return "the key's grants were not read (include_grants)";
  return null;
}

/** `kms:GenerateDataKey and kms:Decrypt`: all that the operations need of the key. */
const keyActions = (operations: readonly ResourceOperation[]): string =>
  inWords([...new Set(operations.flatMap((operation) => operation.keyActions))]);

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What some are let in to only a part of: `pull needs ecr:BatchGetImage and ecr:GetDownloadUrlForLayer of …`. */
function missingTexts({ admitted, facts, rules, context }: ResourcePosture): readonly string[] {
  if (valueOrNull(facts.sharing)?.by !== 'policy') return [];
  const catalog = actionsOf(context.grammar);
  const ofOthers = admitted
    .flatMap(({ external }) => external.admissions)
    .filter((admission) => isOutsideAccount(trustOf(admission, context)))
    .reduce((set, { actions }) => set | actions, 0n);
  return rules.operations.flatMap(({ name, actions }) => {
    if (actions === null || actions.length < 2) return [];
    if (admitted.some(({ operation }) => operation.name === name)) return [];
    const [own] = [actions.flat().reduce((set, action) => set | catalog.named(action), 0n)];
    if ((own & ofOthers) === 0n) return [];
    return [`to ${name}, one principal needs ${inWords(actions.map((group) => group.join(' or ')))}`];
  });
}
