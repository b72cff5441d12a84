import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService, policyIn } from '../listed-service.ts';
import { eventArchiveRules, eventBusRules, eventsEncryption } from './rules.ts';

export const eventsEndpoint = {
  prefix: 'events',
  serviceId: 'EventBridge',
  fipsAnyway: ['us-gov-east-1', 'us-gov-west-1'],
  dualStack: { prefix: 'events', fipsAnyway: ['aws-us-gov'] },
};

const protocol = awsJson('1.1', 'AWSEvents');

/** Most that AWS gives in one page (EventBridge API reference, read 2026-11-29). */
const Limit = 100;

/** Of an answer without the ARN that AWS always gives, a key that is missing means nothing. */
function encryptionIn(described: Fields, arn: string) {
  described.requiredText(arn);
  return eventsEncryption(described.text('KmsKeyIdentifier') || null);
}

export const eventBuses = listedService({
  rules: eventBusRules,
  endpoint: eventsEndpoint,
  protocol,
  resourceType: 'event_bus',
  list: {
    operation: 'events:ListEventBuses',
    input: (NextToken) => ({ Limit, NextToken }),
    items: 'EventBuses',
    next: 'NextToken',
    arn: (bus) => bus.requiredText('Arn'),
  },
  describe: {
    operation: 'events:DescribeEventBus',
    input: (bus) => ({ Name: bus.requiredText('Arn') }),
  },
  encryption: (bus) => encryptionIn(bus, 'Arn'),
  sharing: policyIn('Policy'),
});

export const eventArchives = listedService({
  rules: eventArchiveRules,
  endpoint: eventsEndpoint,
  protocol,
  resourceType: 'event_archive',
  list: {
    operation: 'events:ListArchives',
    input: (NextToken) => ({ Limit, NextToken }),
    items: 'Archives',
    next: 'NextToken',
    // The list has no ARN of it, but that of its bus, which is in the same account and region.
    arn: (archive) => {
      const place = archive.requiredText('EventSourceArn').split(':', 5).join(':');
      return `${place}:archive/${archive.requiredText('ArchiveName')}`;
    },
  },
  describe: {
    operation: 'events:DescribeArchive',
    input: (archive) => ({ ArchiveName: archive.requiredText('ArchiveName') }),
  },
  encryption: (archive) => encryptionIn(archive, 'ArchiveArn'),
});
