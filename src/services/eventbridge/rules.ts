import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import { eventBusGrammar } from './grammar.ts';

const events = {
  service: 'events',
  byDefault: true,
  coveredByRcps: true,
  viaService: 'events',
  // "Rather than use an AWS owned key as is the default": there is no AWS managed one (as below).
  defaultAlias: null,
  checkedAgainst: 'service',
} as const;

/**
 * Event buses. Their key's policy must admit events.amazonaws.com, which encrypts what comes and decrypts it for
 * rules; who puts events or has rules needs no key ("Authorizing EventBridge to use a customer managed key"). A key
 * that is disabled or missing is "a non-retriable error", by which events go to the dead-letter queue, if there is
 * one ("Using dead-letter queues to capture encrypted event errors"). Events of AWS's services are under a key that
 * AWS owns all the same ("Encrypting EventBridge event buses with AWS KMS keys"; all in the EventBridge user guide,
 * read 2026-11-29). Its newer API (`eventsv2`; EventBridgeV2 of botocore 1.44.8, read 2026-11-29) has buses of its own.
 */
export const eventBusRules = {
  ...events,
  title: 'Event buses of Amazon EventBridge',
  resourceTypes: { event_bus: 'of EventBridge: those of its newer API (`eventsv2`) are not read' },
  calls: { 'events:ListEventBuses': null, 'events:DescribeEventBus': null },
  encryptionCalls: ['events:DescribeEventBus'],
  sharedBy: 'policy',
  whenKeyIsLost: 'at_once',
  grammar: eventBusGrammar,
  operations: [
    writing('put events', oneOf('events', 'PutEvents'), byService),
    reading('get events by own rules', allOf('events', 'PutRule PutTargets'), byService),
  ],
  encryptionContext: (arn: string) => ({ 'aws:events:event-bus:arn': arn }),
  caveat: 'where its rules send events is not read',
} as const satisfies SortRules;

/** What is kept of the events of a bus, by a key of its own ("Encrypting archives", as above). */
export const eventArchiveRules = {
  ...events,
  title: 'Archives of Amazon EventBridge',
  resourceTypes: { event_archive: null },
  calls: { 'events:ListArchives': null, 'events:DescribeArchive': null },
  encryptionCalls: ['events:DescribeArchive'],
  sharedBy: 'nothing',
  whenKeyIsLost: 'not_known',
  grammar: noPolicyGrammar('events'),
  operations: [],
  encryptionContext: () => ({}),
} as const satisfies SortRules;

/**
 * Of a bus and of an archive: "The identifier of the KMS customer managed key for EventBridge to use …, if one has
 * been specified" (DescribeEventBus, DescribeArchive, @aws-sdk/client-eventbridge, read 2026-11-29).
 */
export const eventsEncryption = (kmsKeyIdentifier: string | null): ResourceEncryption => ({
  state: kmsKeyIdentifier === null ? 'aws_owned' : 'kms',
  key: kmsKeyIdentifier,
});
