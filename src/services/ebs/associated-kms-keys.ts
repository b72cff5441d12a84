import type { DescribeSnapshotsCommand, Snapshot } from '@aws-sdk/client-ec2';

type Sdk = Pick<
  typeof import('@aws-sdk/client-ec2'),
  'DescribeSnapshots$' | 'DescribeSnapshotsResult$' | 'Snapshot$'
>;

/** What AWS answers of a snapshot (botocore 1.44.8 of 2026-11-20) and npm's client of EC2 (3.1169.0) leaves out. */
export interface AssociatedKmsKeys {
  readonly AssociatedKmsKeys?: readonly { readonly KmsKeyId?: string }[];
}

/**
 * Has the client read `associatedKmsKeySet` of DescribeSnapshots, too. The client drops what its schema does not
 * name; the command gets a copy of that schema with the field added, and the client's own stays as it is.
 */
export function readAssociatedKmsKeys(command: DescribeSnapshotsCommand, sdk: Sdk): void {
  const schema = describeSnapshots(sdk);
  command.middlewareStack.add(
    (next, context) => (args) => {
      const { __smithy_context: smithy } = context;
      if (smithy !== undefined) smithy.operationSchema = schema;
      return next(args);
    },
    { step: 'initialize', name: 'readAssociatedKmsKeys' },
  );
}

export const associatedKmsKeys = (snapshot: Snapshot & AssociatedKmsKeys): readonly string[] =>
  (snapshot.AssociatedKmsKeys ?? []).flatMap(({ KmsKeyId }) => KmsKeyId || []);

const namespace = 'com.amazonaws.ec2';
const field = 'AssociatedKmsKeys';
const named = (xmlName: string) => ({ xmlName });

type Structure = Sdk['Snapshot$'];
type Member = Structure[5][number];
type List = [1, string, string, 0, Member];

const associatedKey: Structure = [
  3,
  namespace,
  'AssociatedKmsKey',
  0,
  ['KmsKeyId'],
  [[0, named('kmsKeyId')]],
];
const associatedKeys: List = [1, namespace, 'AssociatedKmsKeySet', 0, [() => associatedKey, named('item')]];

function describeSnapshots({
  DescribeSnapshots$,
  DescribeSnapshotsResult$,
  Snapshot$,
}: Sdk): Sdk['DescribeSnapshots$'] {
  const [kind, space, name, traits, input] = DescribeSnapshots$;
  const snapshot = withMember(Snapshot$, field, [() => associatedKeys, named('associatedKmsKeySet')]);
  const list: List = [1, namespace, 'SnapshotList', 0, [() => snapshot, named('item')]];
  const output = withMember(DescribeSnapshotsResult$, 'Snapshots', [() => list, named('snapshotSet')]);
  return [kind, space, name, traits, input, () => output];
}

/** A copy of the schema with a member added, or in the place of one of that name. */
function withMember(schema: Structure, name: string, member: Member): Structure {
  const [kind, space, of, traits, names, members] = schema;
  const kept = names.map((other, i) => [other, members[i]] as const).filter(([other]) => other !== name);
  return [
    kind,
    space,
    of,
    traits,
    [...kept.map(([other]) => other), name],
    [...kept.map(([, other]) => other ?? 0), member],
  ];
}
