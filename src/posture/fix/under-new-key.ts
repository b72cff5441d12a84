import { parseArn } from '../../aws/arn.ts';
import type { ResourceFacts } from '../resource/resource-facts.ts';
import type { FixStep } from './fix.ts';
import { awsCommand } from './shell.ts';

type Named = Pick<ResourceFacts, 'arn' | 'scope'>;
interface Change {
  readonly command: (named: Named) => string;
  readonly why: string;
}

const key = '"$KEY_ARN"';
const lastOf = (arn: string, separator: string): string => arn.slice(arn.lastIndexOf(separator) + 1);

/** How a resource is put under `$KEY_ARN` (API references of the services, in the AWS SDK of 2026-11, read 2026-11-30). */
const changes: Readonly<Record<string, Change>> = {
  'sqs queue': {
    command: ({ arn, scope: { region } }) => {
      const url = awsCommand('sqs', 'get-queue-url', region, ['--queue-name', lastOf(arn, ':')]);
      const set = awsCommand('sqs', 'set-queue-attributes', region, ['--queue-url']);
      return `${set} "$(${url} --query QueueUrl --output text)" --attributes KmsMasterKeyId=${key}`;
    },
    why: 'Messages that are sent from then on are under the new key; those in the queue keep theirs.',
  },
  'sns topic': {
    command: ({ arn, scope: { region } }) => {
      const words = ['--topic-arn', arn, '--attribute-name', 'KmsMasterKeyId', '--attribute-value'];
      return `${awsCommand('sns', 'set-topic-attributes', region, words)} ${key}`;
    },
    why: 'The topic encrypts by the new key from then on; queues it delivers to have keys of their own.',
  },
  'secretsmanager secret': {
    command: ({ arn, scope: { region } }) =>
      `${awsCommand('secretsmanager', 'update-secret', region, ['--secret-id', arn, '--kms-key-id'])} ${key}`,
    why: 'New versions, and those staged AWSCURRENT, AWSPENDING or AWSPREVIOUS, are then under the new key, where whoever calls may kms:Encrypt by it; older versions keep theirs.',
  },
  'ebs snapshot': {
    command: ({ arn, scope: { region } }) => {
      const id = lastOf(arn, '/');
      const words = ['--source-region', region, '--source-snapshot-id', id, '--encrypted', '--kms-key-id'];
      return `${awsCommand('ec2', 'copy-snapshot', region, words)} ${key}`;
    },
    why: 'The key of a snapshot does not change: a copy under a customer managed key in $KEY_ARN is shared in its place.',
  },
  'rds snapshot': {
    command: ({ arn, scope: { region } }) => {
      const target = `${lastOf(arn, ':').replace(/^.*[^A-Za-z0-9-]/, '')}-shared`;
      const words = ['--source-db-snapshot-identifier', arn, '--target-db-snapshot-identifier', target];
      return `${awsCommand('rds', 'copy-db-snapshot', region, [...words, '--kms-key-id'])} ${key}`;
    },
    why: 'The key of a snapshot does not change: a copy under a customer managed key in $KEY_ARN is shared in its place.',
  },
};

/** A text: why there is no step, as a sentence. */
export function underNewKey(facts: ResourceFacts, service: string): readonly FixStep[] | string {
  const name = `${service} ${facts.resourceType}`;
  const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
  if (change === undefined)
    return `How a ${facts.resourceType} of ${service} is put under another key is not written out here: its service's documentation says whether it can be, or a new one takes its place.`;
  const { command, why } = change;
  return [{ kind: 'replace_key', on: facts.arn, statement: null, command: command(facts), why }];
}

/** Commands that take accounts off the list that shares a resource; null: none is written out. */
export function unsharing(
  { arn, resourceType, scope: { region } }: ResourceFacts,
  service: string,
  accounts: readonly string[],
): string | null {
  if (parseArn(arn) === null || accounts.length === 0) return null;
  switch (`${service} ${resourceType}`) {
    case 'ebs snapshot':
      return awsCommand('ec2', 'modify-snapshot-attribute', region, [
        ...['--snapshot-id', lastOf(arn, '/'), '--attribute', 'createVolumePermission'],
        ...['--operation-type', 'remove', '--user-ids', ...accounts],
      ]);
    case 'rds snapshot':
      return awsCommand('rds', 'modify-db-snapshot-attribute', region, [
        ...['--db-snapshot-identifier', lastOf(arn, ':')],
        ...['--attribute-name', 'restore', '--values-to-remove', ...accounts],
      ]);
    default:
      return null;
  }
}

/** Commands that put the policy of a resource from a file; null: none is written out. */
export function puttingPolicy({ arn, scope: { region } }: Named, service: string): string | null {
  const file = 'file://resource-policy.json';
  if (service === 'sns') {
    const words = ['--topic-arn', arn, '--attribute-name', 'Policy', '--attribute-value', file];
    return awsCommand('sns', 'set-topic-attributes', region, words);
  }
  if (service === 'secretsmanager')
    return awsCommand('secretsmanager', 'put-resource-policy', region, [
      ...['--secret-id', arn, '--resource-policy', file],
    ]);
  return null;
}
