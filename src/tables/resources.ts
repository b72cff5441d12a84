import type { AwsError } from '../aws/error.ts';
import { type Fact, notApplicable, valueOrNull } from '../aws/fact.ts';
import type { Organization } from '../organization/model.ts';
import { entityLists } from '../posture/cross-account/entity-lists.ts';
import { entityText } from '../posture/cross-account/entity-text.ts';
import { fixOfResource } from '../posture/fix/of-resource.ts';
import { readKeyReference } from '../posture/key-reference.ts';
import { resourceExplanation } from '../posture/resource/explanation.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';
import type { OperationVerdict, ResourcePosture, ResourceVerdict } from '../posture/resource/verdict.ts';
import { allKeys, type ResourceKeys } from '../posture/resource-key.ts';
import { services, sorts } from '../services/catalogue.ts';
import { boolean, json, key, text, textList } from './column.ts';
import { fixColumn } from './fix-column.ts';
import { iamCells, iamColumns } from './iam-columns.ts';
import { policyCells, policyColumns } from './policy-columns.ts';
import { defineTable, errorsCell, errorsColumn, placeColumns, type Row } from './table.ts';
import { verdictList } from './verdict-list.ts';

/** The article's question for other services: which key encrypts a resource, and who is locked out by that key. */
export const resources = defineTable({
  name: 'aws_encryption_resources',
  title: 'Encrypted resources and who can use them in the face of their key',
  doc: 'One row for each resource of the services that are read: its key, whom it lets in, and whether the key lets them read and write it. Service and resource control policies, and IAM of the other accounts (`include_iam`), count where they were read.',
  columns: {
    ...placeColumns,
    arn: key(text("The resource's ARN.")),
    account_name: text('Name of the account in the organization or the spec; null when neither gives one.'),
    service: text(`${words(services.map((service) => [service, null]))}.`),
    resource_type: text(`${words(sorts.flatMap(({ resourceTypes }) => Object.entries(resourceTypes)))}.`),
    encryption_state: text(
      '`kms`, `aws_owned`, `aws_owned_or_managed` (AWS does not say), `none`, or `unknown` (an answer that this version does not know); null when not read.',
    ),
    kms_key_id: text('The key as the resource has it; null when it names none.'),
    key_reference: text(
      'Form of `kms_key_id`: `arn`, `alias_arn`, `alias`, `key_id`, `default` (none named: the AWS managed key of the service), `invalid` (a text that names no KMS key), `none` (no KMS key); null when not known.',
    ),
    kms_key_arn: text('The key that it leads to; null when there is none or it could not be resolved.'),
    key_account_id: text('The account that owns the key; null when there is none or it is not known.'),
    associated_kms_key_ids: textList(
      'Keys that open it as well, each by itself: `AssociatedKmsKeys` of EBS snapshots; null for whatever has none such.',
    ),
    further_kms_key_ids: textList(
      'Keys that are needed beside `kms_key_id`: of images whose snapshots are under several keys, with keys that do in place of one; null for whatever takes one key.',
    ),
    key_type: text('Joins `aws_encryption_key_types`; null when it cannot be told or no key is used.'),
    shared_account_ids: textList(
      'Other accounts that are let in, to whatever it may be; null when not read.',
    ),
    shared_organization_ids: textList('Organizations that are let in; null when not read.'),
    shared_with_anyone: boolean(
      'Whether anyone is let in, conditions aside; null when not read or not known.',
    ),
    shared_access: textList(
      'What others are let in to: `read`, `write`, `list`, `read_metadata`, `administer`; null when not read.',
    ),
    snapshot_block_public_access: text(
      'Of EBS snapshots that say that they are public: `block-all-sharing` (they are private all the same), `block-new-sharing`, `unblocked`, by the account and region. Of public images the like, which only keeps others from becoming public; null for all else and when not read.',
    ),
    snapshot_block_managed_by: text(
      'Who set that: `account` or `declarative-policy`; null where the column before is.',
    ),
    judged_operation: text(
      'What others are let in to do: `receive`, `publish`, `copy`, several joined by commas; `describe`, `manage` and the like for those who are let in to nothing more; null when nobody is let in.',
    ),
    key_checked_against: text(
      "Whose permission on the key AWS checks for the data: `caller` (whoever uses the resource), `service` (the service's own, so that only the key's state can stop another account), `both`. Where an operation differs, `operations` says so.",
    ),
    cross_account_use: text(
      'What all that are let in share in all that they are let in to, services aside: `blocked_by_aws_managed_key`, `blocked_by_key_state`, `blocked_by_key_policy`, `blocked_by_organization_policy` (`explanation` names the policy and its statement), `blocked_by_iam` (IAM there was read, and gives no user or role what it takes; `explanation` says what is missing), `unknown`, `possible` (IAM there still decides where `iam_evaluated` is not true), `no_kms_barrier`; `partly_blocked` when some cannot and of others that is not so, or not known; `not_shared` when nobody is let in.',
    ),
    use_verdicts: verdictList('cross_account_use'),
    usable_account_ids: textList(
      'Accounts that can use it where their IAM policies allow it; null when its policy was not read, as in all of these lists.',
    ),
    blocked_account_ids: textList(
      'Accounts that are let in to an operation that the key, an organization policy or their own IAM does not let them carry out.',
    ),
    unknown_account_ids: textList('Accounts that are let in and of which it is not known.'),
    blocked_organization_ids: textList(
      'Organizations that are let in and whose accounts, but those named, cannot use it.',
    ),
    blocked_anyone: boolean(
      'Whether anyone is let in and, but for those named, nobody can use it; null when not known or anyone is not let in.',
    ),
    blocked_services: textList(
      'AWS services that are let in and that the key does not let in, such as `sns.amazonaws.com` for a queue.',
    ),
    cross_account_read: text(
      'As `cross_account_use`, of reading alone: receive, pull, copy, mount; null where there is nothing to read from another account.',
    ),
    readable_account_ids: textList('Accounts that can read it where their IAM policies allow it.'),
    read_blocked_account_ids: textList('Accounts that are let in to read it and cannot.'),
    cross_account_write: text(
      'As `cross_account_use`, of writing alone: send, publish, push, put; null where there is nothing to write from another account.',
    ),
    writable_account_ids: textList('Accounts that can write to it where their IAM policies allow it.'),
    write_blocked_account_ids: textList('Accounts that are let in to write to it and cannot.'),
    write_blocked_services: textList(
      'AWS services that are let in to write to it and that the key does not let in.',
    ),
    operations: json(
      'Each judged operation: `[{operation, access, key_checked_against, key_actions, parties: [{party, use}]}]`; `access` is `read`, `write` or `other`, `key_checked_against` `caller`, `service` or `none` (the key plays no part), `use` a word of `cross_account_use`.',
    ),
    explanation: text('One sentence: the resource, its key, who can and cannot use it and why.'),
    ...policyColumns,
    ...iamColumns,
    fix: fixColumn(
      'What lets those in who are locked out, for this resource alone, or takes their dead permission away',
      'where nobody is locked out',
    ),
    errors: errorsColumn,
  },
});

/** The reads about a resource that failed, those of its key aside. */
export function failedResourceReads({
  encryption,
  sharing,
  parts = notApplicable,
  within = notApplicable,
  ram = notApplicable,
  replicas = notApplicable,
  publicAccess = notApplicable,
}: ResourceFacts): readonly AwsError[] {
  const reads: readonly Fact<unknown>[] = [encryption, sharing, parts, within, ram, replicas, publicAccess];
  const errors = reads.flatMap((read) => (read.state === 'unread' ? [read.error] : []));
  return [...new Set(errors)];
}

export function resourceRow(
  posture: ResourcePosture,
  verdict: ResourceVerdict,
  keys: ResourceKeys,
  organization: Organization,
): Row<typeof resources> {
  const { facts, rules } = posture;
  const { resolved } = keys;
  const encryption = valueOrNull(facts.encryption);
  const entities = verdict.operations.flatMap((operation) => operation.entities);
  const isRead = posture.shared !== null;
  const lists = entityLists(verdict.entities, isRead);
  const reading = verdict.read && entityLists(verdict.read.entities, isRead);
  const writing = verdict.write && entityLists(verdict.write.entities, isRead);
  const publicAccess = facts.publicAccess === undefined ? null : valueOrNull(facts.publicAccess);
  return {
    account_id: facts.scope.accountId,
    region: facts.scope.region,
    partition: facts.scope.partition,
    arn: facts.arn,
    account_name: facts.scope.accountName,
    service: rules.service,
    resource_type: facts.resourceType,
    encryption_state: encryption?.state ?? null,
    kms_key_id: encryption?.key ?? null,
    key_reference: referenceForm(posture),
    kms_key_arn: resolved.arn,
    key_account_id: resolved.accountId,
    associated_kms_key_ids: encryption?.associatedKeys ?? null,
    further_kms_key_ids: encryption?.furtherKeys?.flatMap((one) => [one.key, ...one.associatedKeys]) ?? null,
    key_type: resolved.type,
    shared_account_ids: posture.shared?.sharedAccountIds ?? null,
    shared_organization_ids: posture.shared?.sharedOrganizationIds ?? null,
    shared_with_anyone: posture.shared?.anyone ?? null,
    shared_access: posture.shared?.access ?? null,
    snapshot_block_public_access: publicAccess?.state ?? null,
    snapshot_block_managed_by: publicAccess?.managedBy ?? null,
    judged_operation: verdict.operations.map(({ operation }) => operation.name).join(', ') || null,
    key_checked_against: rules.checkedAgainst,
    cross_account_use: verdict.use,
    use_verdicts: verdict.verdicts,
    usable_account_ids: lists.readableAccounts,
    blocked_account_ids: lists.blockedAccounts,
    unknown_account_ids: lists.unknownAccounts,
    blocked_organization_ids: lists.blockedOrganizations,
    blocked_anyone: lists.blockedAnyone,
    blocked_services: lists.blockedServices,
    cross_account_read: verdict.read?.use ?? null,
    readable_account_ids: reading?.readableAccounts ?? null,
    read_blocked_account_ids: reading?.blockedAccounts ?? null,
    cross_account_write: verdict.write?.use ?? null,
    writable_account_ids: writing?.readableAccounts ?? null,
    write_blocked_account_ids: writing?.blockedAccounts ?? null,
    write_blocked_services: writing?.blockedServices ?? null,
    operations: isRead ? verdict.operations.map(operationCell) : null,
    explanation: resourceExplanation(posture, verdict, keys, organization),
    ...policyCells(entities),
    ...iamCells(entities, verdict.read?.entities ?? null),
    fix: fixOfResource(posture, verdict, keys),
    errors: errorsCell([...failedResourceReads(facts), ...allKeys(keys).flatMap(({ errors }) => errors)]),
  };
}

const operationCell = ({ operation, entities }: OperationVerdict) => ({
  operation: operation.name,
  access: operation.access,
  key_checked_against: operation.checkedAgainst,
  key_actions: operation.keyActions,
  parties: entities.map(({ entity, use }) => ({ party: entityText(entity), use })),
});

function referenceForm({ facts, rules }: ResourcePosture): string | null {
  const encryption = valueOrNull(facts.encryption);
  switch (encryption?.state) {
    case 'kms':
      return readKeyReference(encryption.key, rules.defaultAlias).form;
    case 'aws_owned':
    case 'none':
      return 'none';
    default:
      return null;
  }
}

/** `` `queue`, `stream` (the latest of a table) ``, each word once. */
function words(known: readonly (readonly [word: string, note: string | null])[]): string {
  return [...new Map(known)]
    .map(([word, note]) => `\`${word}\`${note === null ? '' : ` (${note})`}`)
    .join(', ');
}
