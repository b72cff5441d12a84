import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimWorkGroup {
  name: string;
  /** Of results in buckets: `SSE_KMS`, …; absent: nothing is set. */
  option?: string;
  kmsKey?: string;
  /** Results are kept by Athena, under a key of the customer's or, null, its own. */
  managedKey?: string | null;
  contentKey?: string;
  /** Keys of logs that are on. */
  managedLogsKey?: string;
  bucketLogsKey?: string;
}

/** Workgroups, but for `primary` of each region only where they are put there. */
export const workGroups = new ResourceKind<SimWorkGroup>({
  arn: 'athena:workgroup/*',
  namedBy: ['WorkGroup'],
  complete: (given) => given,
  missing: (name) => [400, 'InvalidRequestException', `WorkGroup ${name} is not found.`],
});

/** Amazon Athena: its workgroups, without queries. */
export const athena: Service = {
  name: 'athena',
  wire: jsonWire({ target: 'AmazonAthena', version: '1.1', messageField: 'Message' }),
  failures: { invalid_input: [400, 'InvalidRequestException', 'The request is not valid'] },
  operations: {
    ListWorkGroups: workGroups.list({
      entries: 'WorkGroups',
      paging: { size: 'MaxResults', answers: 50, token: 'NextToken' },
      entry: ({ name }) => ({ Name: name, State: 'ENABLED' }),
    }),
    GetWorkGroup: workGroups.detail((group) => ({
      WorkGroup: { Name: group.name, State: 'ENABLED', Configuration: settingsOf(group) },
    })),
  },
};

function settingsOf({ option, kmsKey, managedKey, contentKey, managedLogsKey, bucketLogsKey }: SimWorkGroup) {
  const logs = (KmsKey: string | undefined) => KmsKey && { Enabled: true, KmsKey };
  return {
    EnforceWorkGroupConfiguration: true,
    ResultConfiguration: {
      ...(option && { EncryptionConfiguration: { EncryptionOption: option, KmsKey: kmsKey } }),
    },
    ManagedQueryResultsConfiguration: {
      Enabled: managedKey !== undefined,
      ...(managedKey && { EncryptionConfiguration: { KmsKey: managedKey } }),
    },
    ...(contentKey && { CustomerContentEncryptionConfiguration: { KmsKey: contentKey } }),
    MonitoringConfiguration: {
      ManagedLoggingConfiguration: logs(managedLogsKey),
      S3LoggingConfiguration: logs(bucketLogsKey),
    },
  };
}
