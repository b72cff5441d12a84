import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor, serviceCalls } from '../../aws/service-calls.ts';

export interface FileSystem {
  readonly id: string;
  readonly arn: string;
  /** Null when not answered. */
  readonly encrypted: boolean | null;
  readonly kmsKeyId: string | null;
}

/** EFS as seen from one scope. Rejects with AwsError only. */
export interface EfsReads {
  fileSystems(): AsyncIterable<readonly FileSystem[]>;
  /** The file system policy's JSON text; null: it has none. */
  policy(fileSystemId: string): Promise<string | null>;
}

/** Most that AWS gives in one page (EFS API reference, 2026-10-01). */
const MaxItems = 100;

export function efsReads(access: ScopeAccess): EfsReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-efs');
    return { sdk, client: slim(new sdk.EFSClient(config)) };
  });
  return {
    fileSystems: () =>
      list<FileSystem>(
        'elasticfilesystem:DescribeFileSystems',
        ({ arn }) => arn,
        (Marker) =>
          async ({ sdk, client }, options, site) => {
            const output = await client.send(
              new sdk.DescribeFileSystemsCommand({ MaxItems, Marker }),
              options,
            );
            const items = required(output.FileSystems, 'FileSystems', site).map((fileSystem) => ({
              id: required(fileSystem.FileSystemId, 'FileSystemId', site),
              arn: required(fileSystem.FileSystemArn, 'FileSystemArn', site),
              encrypted: fileSystem.Encrypted ?? null,
              kmsKeyId: fileSystem.KmsKeyId || null,
            }));
            return { items, next: output.NextMarker };
          },
      ),

    policy: (FileSystemId) =>
      call('elasticfilesystem:DescribeFileSystemPolicy', async ({ sdk, client }, options, site) => {
        const sending = client.send(new sdk.DescribeFileSystemPolicyCommand({ FileSystemId }), options);
        const output = await nullFor('PolicyNotFound', sending);
        return output && required(output.Policy, 'Policy', site);
      }),
  };
}
