import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A virtual desktop, of what matters here. */
export interface WorkSpace {
  readonly id: string;
  /** ARN of the key of those of its volumes that are encrypted; null: it names none. */
  readonly key: string | null;
  /** Null: AWS does not answer it. */
  readonly isRootEncrypted: boolean | null;
  /** Null: AWS does not answer it. */
  readonly isUserEncrypted: boolean | null;
}

export const workSpacesApi = {
  signingName: 'workspaces',
  endpoint: { prefix: 'workspaces', serviceId: 'WorkSpaces' },
  protocol: awsJson('1.1', 'WorkspacesService'),
};

/** Most that AWS gives in one page ("Limit", botocore 1.43.106, read 2026-11-30). */
const Limit = 25;

/** The WorkSpaces of one scope, page by page. Rejects with AwsError only. */
export function workSpaces(access: ScopeAccess): AsyncIterable<readonly WorkSpace[]> {
  const { list } = apiCalls(access, workSpacesApi);
  return list(
    'workspaces:DescribeWorkspaces',
    ({ id }) => id,
    (NextToken) => ({ Limit, NextToken }),
    (answer) => ({
      items: answer.requiredObjects('Workspaces').map(workSpace),
      next: answer.text('NextToken'),
    }),
  );
}

const workSpace = (described: Fields): WorkSpace => ({
  id: described.requiredText('WorkspaceId'),
  key: described.text('VolumeEncryptionKey') || null,
  isRootEncrypted: described.boolean('RootVolumeEncryptionEnabled'),
  isUserEncrypted: described.boolean('UserVolumeEncryptionEnabled'),
});
