import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A workgroup, of what matters here. */
export interface WorkGroup {
  /** Where results are kept by Athena itself: the key that it names for them, or null; undefined: they are in buckets. */
  readonly managedResultsKey: string | null | undefined;
  /** How results in buckets are encrypted; null: it sets nothing. */
  readonly results: {
    /** `SSE_S3`, `SSE_KMS`, `CSE_KMS`; null when not answered. */
    readonly option: string | null;
    readonly key: string | null;
  } | null;
  /** The key of what Athena stores for notebooks; null: it names none. */
  readonly contentKey: string | null;
  /** Keys of the logs of sessions; null: they are off, or it names none. */
  readonly managedLogsKey: string | null;
  readonly bucketLogsKey: string | null;
}

/** Athena as seen from one scope; never a query or its results. Rejects with AwsError only. */
export interface AthenaReads {
  workGroupNames(): AsyncIterable<readonly string[]>;
  workGroup(name: string): Promise<WorkGroup>;
}

export const athenaApi = {
  signingName: 'athena',
  endpoint: { prefix: 'athena', serviceId: 'Athena' },
  protocol: awsJson('1.1', 'AmazonAthena'),
};

/** Most that AWS gives in one page (MaxWorkGroupsCount, botocore 1.43.11, read 2026-11-30). */
const MaxResults = 50;

export function athenaReads(access: ScopeAccess): AthenaReads {
  const { call, list } = apiCalls(access, athenaApi);
  return {
    workGroupNames: () =>
      list(
        'athena:ListWorkGroups',
        (name) => name,
        (NextToken) => ({ MaxResults, NextToken }),
        (answer) => ({
          items: answer.requiredObjects('WorkGroups').map((group) => group.requiredText('Name')),
          next: answer.text('NextToken'),
        }),
      ),

    workGroup: (name) =>
      call('athena:GetWorkGroup', { WorkGroup: name }, (answer) =>
        workGroupIn(answer.requiredObject('WorkGroup').requiredObject('Configuration')),
      ),
  };
}

function workGroupIn(settings: Fields): WorkGroup {
  const managed = settings.object('ManagedQueryResultsConfiguration');
  const inBucket = settings.object('ResultConfiguration')?.object('EncryptionConfiguration') ?? null;
  const logs = settings.object('MonitoringConfiguration');
  return {
    managedResultsKey:
      managed?.boolean('Enabled') === true ? keyIn(managed.object('EncryptionConfiguration')) : undefined,
    results: inBucket && { option: inBucket.text('EncryptionOption'), key: keyIn(inBucket) },
    contentKey: keyIn(settings.object('CustomerContentEncryptionConfiguration')),
    managedLogsKey: keyOfLogs(logs?.object('ManagedLoggingConfiguration')),
    bucketLogsKey: keyOfLogs(logs?.object('S3LoggingConfiguration')),
  };
}

const keyIn = (settings: Fields | null): string | null => settings?.text('KmsKey') || null;

const keyOfLogs = (logs: Fields | null | undefined): string | null =>
  logs?.boolean('Enabled') === true ? keyIn(logs) : null;
