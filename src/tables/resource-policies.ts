import { valueOrNull } from '../aws/fact.ts';
import { mentionsKms } from '../posture/organization-policies/mentions-kms.ts';
import { type PolicyDocument, statementsIn } from '../posture/policy/document.ts';
import type { AttachedPolicy } from '../posture/resource/attached-policy.ts';
import { services, sorts } from '../services/catalogue.ts';
import { boolean, integer, json, key, text } from './column.ts';
import { defineTable, errorsCell, errorsColumn, placeColumns, type Row } from './table.ts';

const withPolicies = sorts.filter(({ sharedBy }) => sharedBy === 'policy');
const servicesWithPolicies = services.filter((service) =>
  withPolicies.some((sort) => sort.service === service),
);
const words = (all: readonly string[]): string => [...new Set(all)].map((word) => `\`${word}\``).join(', ');

/** What each bucket, queue, secret, … says itself of who may use it. */
export const resourcePolicies = defineTable({
  name: 'aws_encryption_resource_policies',
  title: 'Policies of buckets and other resources',
  doc: 'One row for each policy of a bucket or another resource: the document on which the verdicts of `aws_encryption_s3_buckets` and `aws_encryption_resources` are built, its hash, and whether it was understood. A resource without a policy has no row; one whose policy could not be read has a row without a document, and `errors`. Equal texts have an equal `sha256`: `DISTINCT ON (sha256)` gives each once. Key policies are in `aws_encryption_key_policies`. In coverage, policies of buckets are the line of `global`, all others that of their region.',
  columns: {
    ...placeColumns,
    resource_arn: key(
      text("The resource's ARN; joins `arn` of `aws_encryption_s3_buckets` or `aws_encryption_resources`."),
    ),
    policy_name: key(
      text(
        '`policy`: no resource that is read has more than one. Streams and aliases are resources of their own.',
      ),
    ),
    account_name: text('Name of the account; null when not known.'),
    service: text(`${words(['s3', ...servicesWithPolicies])}.`),
    resource_type: text(
      `${words(['bucket', ...withPolicies.flatMap(({ resourceTypes }) => Object.keys(resourceTypes))])}.`,
    ),
    resource_name: text(
      "The last part of the ARN, without the word for its kind: the bucket's or queue's name; `orders/stream/…` of a stream, `bill:live` of an alias.",
    ),
    sha256: text(
      "SHA-256 of the policy's text, hexadecimal: equal texts have equal hashes. Null when the policy was not read.",
    ),
    document: json('The document; null when it was not read or the text is no JSON.'),
    understood: boolean(
      'Whether every statement and every action that it allows was understood; if not, it may let in more, or less, than verdicts about the resource say. Null when the policy was not read.',
    ),
    problem: text('What was not understood, and where; null when all was, and when the policy was not read.'),
    statements_count: integer(
      'How many statements it has, understood or not; null when it was not read or has no list of them.',
    ),
    mentions_kms: boolean(
      'Whether the document names KMS: an action, a condition key or an ARN of it. All actions (`*`) are not a mention. Null when it was not read, and when it names none but was not understood in full.',
    ),
    errors: errorsColumn,
  },
});

/** Null: the resource has no policy, and that is known. */
export function resourcePolicyRow({
  scope,
  service,
  resourceType,
  arn,
  document: reading,
}: AttachedPolicy): Row<typeof resourcePolicies> | null {
  if (reading.state === 'known' && reading.value === null) return null;
  const document = valueOrNull(reading);
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    resource_arn: arn,
    policy_name: 'policy',
    account_name: scope.accountName,
    service,
    resource_type: resourceType,
    resource_name: nameIn(arn),
    sha256: document?.sha256 ?? null,
    document: document?.value ?? null,
    understood: document?.understood ?? null,
    problem: document?.problem ?? null,
    statements_count: document && statementsIn(document),
    mentions_kms: document && namesKms(document),
    errors: errorsCell(reading.state === 'unread' ? [reading.error] : []),
  };
}

/** `orders` of `arn:aws:sqs:eu-west-1:111122223333:orders` and of `…:table/orders`. */
function nameIn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.replace(/^[a-z-]+[/:]/, '');
}

/** What was not understood, such as an element that is there twice, may hide a mention. */
function namesKms({ value, understood }: PolicyDocument): boolean | null {
  return mentionsKms(value) || (understood ? false : null);
}
