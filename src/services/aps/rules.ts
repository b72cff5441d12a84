import { byCaller, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { encryptionByKey } from '../encryption-by-key.ts';
import type { SortRules } from '../sort-rules.ts';
import { prometheusGrammar } from './grammar.ts';

/**
 * Workspaces of Managed Service for Prometheus. The service uses the key by three grants; "if your workspace uses
 * customer-managed KMS keys for encryption, you must grant the principals in your resource-based policy access to those
 * KMS keys" (API reference, "PutResourcePolicy"). A query makes it call Decrypt, storing GenerateDataKey, with the
 * workspace's ARN as the context. With the key disabled "the workspace data is no longer accessible" until it is back; "if
 * you revoke a grant, it can't be recreated, and the data in the workspace is lost permanently" (user guide, "Encryption
 * at rest"; all read 2026-11-30).
 */
export const prometheusRules = {
  service: 'aps',
  byDefault: false,
  title: 'Workspaces of Amazon Managed Service for Prometheus',
  resourceTypes: { workspace: 'of Prometheus' },
  // "Service quotas" of its user guide, read 2026-11-30: 10 a second for all of its API; half for each.
  calls: { 'aps:ListWorkspaces': 5, 'aps:DescribeResourcePolicy': 5 },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_once',
      recoverableDays: null,
      why: 'Data cannot be read, and what is sent meanwhile may be lost for good; the rest comes back with the key.',
    },
    key_deleted: 'at_once',
    grant_revoked: {
      breaks: 'at_once',
      recoverableDays: 0,
      why: 'The grant cannot be made again, and the data of the workspace is lost for good.',
    },
  },
  viaService: 'aps',
  // Without a key of the customer's it is one that AWS owns.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: prometheusGrammar,
  operations: [
    reading('query metrics', oneOf('aps', 'QueryMetrics GetSeries GetLabels'), byCaller('kms:Decrypt')),
    writing('send metrics', oneOf('aps', 'RemoteWrite'), byCaller('kms:GenerateDataKey')),
  ],
  encryptionContext: (arn: string) => ({ 'aws:aps:arn': arn }),
  caveat:
    "AWS says that whoever is let in needs the workspace's key as well, and not for which of its operations: Decrypt is asked of who queries, GenerateDataKey of who sends",
} as const satisfies SortRules;

/**
 * "By default", data is encrypted "using AWS owned encryption keys" ("Encryption at rest"); a listing has `kmsKeyArn`
 * "if the workspace was created with a customer managed KMS key" (API reference, "WorkspaceSummary").
 */
export const workspaceEncryption = encryptionByKey('aws_owned');
