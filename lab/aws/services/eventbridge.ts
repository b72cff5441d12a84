import { jsonWire } from '../protocol/json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `keyId` AWS's own key encrypts what it holds. */
export const eventBuses = new ResourceKind<Shared & { name: string; keyId?: string }>({
  arn: 'events:event-bus/*',
  namedBy: ['Name'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => [400, 'ResourceNotFoundException', `Event bus ${name} does not exist.`],
});

/** What is kept of a bus, of the default one where nothing is said. */
export const eventArchives = new ResourceKind<{ name: string; bus: string; keyId?: string }>({
  arn: 'events:archive/*',
  namedBy: ['ArchiveName'],
  complete: (given) => ({ bus: 'default', ...given }),
  missing: (name) => [400, 'ResourceNotFoundException', `Archive ${name} does not exist.`],
});

const paging = { size: 'Limit', answers: 100, token: 'NextToken' };

/** Amazon EventBridge: its buses, but for the default one only those that are put there, and archives. */
export const eventBridge: Service = {
  name: 'events',
  wire: jsonWire({ target: 'AWSEvents', version: '1.1' }),
  operations: {
    ListEventBuses: eventBuses.list({
      entries: 'EventBuses',
      paging,
      entry: ({ name, arn, policy }) => ({ Name: name, Arn: arn, Policy: policy ?? undefined }),
    }),
    DescribeEventBus: eventBuses.detail(({ name, arn, policy, keyId }) => ({
      Name: name,
      Arn: arn,
      Policy: policy ?? undefined,
      KmsKeyIdentifier: keyId,
    })),
    ListArchives: eventArchives.list({
      entries: 'Archives',
      paging,
      entry: ({ name, arn, bus }) => ({
        ArchiveName: name,
        EventSourceArn: busOf(arn, bus),
        State: 'ENABLED',
      }),
    }),
    DescribeArchive: eventArchives.detail(({ name, arn, bus, keyId }) => ({
      ArchiveName: name,
      ArchiveArn: arn,
      EventSourceArn: busOf(arn, bus),
      KmsKeyIdentifier: keyId,
    })),
  },
};

const busOf = (archive: string, bus: string): string => `${archive.split(':', 5).join(':')}:event-bus/${bus}`;
