import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimWorkSpace {
  id: string;
  /** Of the volumes that are encrypted. */
  key?: string;
  /** Null: the answer leaves it out. */
  root: boolean | null;
  user: boolean | null;
}

/** Virtual desktops, whose volumes are encrypted where a key is given and nothing else is said. */
export const desktops = new ResourceKind<SimWorkSpace>({
  arn: 'workspaces:workspace/*',
  namedBy: ['WorkspaceId'],
  complete: (given) => ({ root: given.key !== undefined, user: given.key !== undefined, ...given }),
  missing: (id) => [400, 'ResourceNotFoundException', `The specified WorkSpace ${id} could not be found.`],
});

/** Amazon WorkSpaces. */
export const workSpaces: Service = {
  name: 'workspaces',
  wire: jsonWire({ target: 'WorkspacesService', version: '1.1' }),
  operations: {
    DescribeWorkspaces: desktops.list({
      entries: 'Workspaces',
      paging: { size: 'Limit', answers: 25, token: 'NextToken' },
      entry: ({ id, key, root, user }) => ({
        WorkspaceId: id,
        DirectoryId: 'd-1234abcd01',
        State: 'AVAILABLE',
        VolumeEncryptionKey: key,
        ...(root !== null && { RootVolumeEncryptionEnabled: root }),
        ...(user !== null && { UserVolumeEncryptionEnabled: user }),
      }),
    }),
  },
};
