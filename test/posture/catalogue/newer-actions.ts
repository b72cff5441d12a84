/** Actions that AWS has and the data package does not list, or not any more. */
export interface NewerActions {
  /** The prefix of the actions: `kms`. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Where they are from, and when that was read. */
  readonly source: string;
}

/**
 * What the data package lacks. An entry goes when the package has it: the test says so. Operations that another
 * action stands for (ReEncrypt, PublishBatch, TransactGetItems, …) are no actions.
 */
export const newerActions: readonly NewerActions[] = [
  {
    service: 'kms',
    actions: ['Decapsulate', 'Encapsulate'],
    source: 'ML-KEM: API reference, "Required permissions" (botocore 1.44.8), read 2026-11-28',
  },
  {
    service: 'kms',
    actions: ['ReEncrypt'],
    source: 'an API operation and no action, which policies name by mistake, read 2026-11-28',
  },
  {
    service: 'dynamodb',
    actions: ['CancelBulkOperation', 'DescribeBulkOperation', 'ListBulkOperations', 'StartBulkPutItems'],
    source: 'operations of botocore 1.44.8, read 2026-11-28',
  },
  {
    service: 'ecr',
    actions: [
      'DescribeReplicationBackfillResults',
      'ListReplicationBackfills',
      'StartReplicationBackfill',
      'StopReplicationBackfill',
    ],
    source: 'operations of botocore 1.44.8, read 2026-11-28',
  },
  {
    service: 'lambda',
    actions: ['DeleteDurableExecution', 'PauseDurableExecution', 'ResumeDurableExecution'],
    source: 'operations of botocore 1.44.8, read 2026-11-28',
  },
  {
    service: 'secretsmanager',
    actions: [
      'AcceptCrossAccountReplication',
      'AssociateCrossAccountReplica',
      'DisassociateCrossAccountReplica',
      'ListResourcePolicies',
    ],
    source:
      'replicas in other accounts and shared secrets: "Required permissions" (botocore 1.44.8), read 2026-11-28',
  },
  {
    service: 'sns',
    actions: ['Receive'],
    source: 'the default policy of older topics, read 2026-11-24; AWS lists it no more',
  },
];
