import { describe, expect, test } from 'vitest';
import { ecrRules } from '../../src/services/ecr/rules.ts';
import { efsRules } from '../../src/services/efs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  region,
  role,
  root,
  type Statement,
} from '../posture/cross-account/cast.ts';
import { allow, deny, type Judgement, judge } from '../posture/resource/judge.ts';

const arn = `arn:aws:ecr:${region}:${data}:repository/app`;

/** Repository policies have no Resource. */
const may = (principal: string, ...actions: string[]): Statement => {
  const { Resource: _, ...statement } = allow('', actions, principal);
  return statement;
};
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const push = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];
const [manifest = '', layer = ''] = pull;

describe('a repository', () => {
  test.each<[string, readonly Statement[], Partial<Judgement>]>([
    ['both at once', [may(root(compute), ...pull)], { use: 'possible', read: 'possible', judged: ['pull'] }],
    [
      'each in a statement of its own',
      [may(root(compute), manifest), may(root(compute), layer)],
      { read: 'possible', judged: ['pull'] },
    ],
    [
      'one for the account, one for a role of it: the role',
      [may(root(compute), manifest), may(role(compute), layer)],
      { read: 'possible' },
    ],
    [
      'the manifest only: shared, no pull',
      [may(root(compute), manifest)],
      { shared: [compute], use: 'possible', read: 'not_shared', judged: ['read manifests'] },
    ],
    [
      'layers only: shared, no pull',
      [may(root(compute), layer)],
      { shared: [compute], read: 'not_shared', judged: ['download layers whose digest is known'] },
    ],
    [
      'each for another role: no principal has both',
      [may(role(compute, 'a'), manifest), may(role(compute, 'b'), layer)],
      { shared: [compute], read: 'not_shared' },
    ],
    [
      'both, one denied',
      [may(root(compute), ...pull), { ...deny('', layer, '*'), Resource: undefined } as Statement],
      { shared: [compute], read: 'not_shared' },
    ],
    ['all of a push', [may(root(compute), ...push)], { write: 'possible', read: 'not_shared' }],
    [
      'a push without the layers',
      [may(root(compute), 'ecr:PutImage')],
      { shared: [compute], write: 'not_shared', judged: ['do in part'], access: ['write'] },
    ],
    ['everything', [may(root(compute), 'ecr:*')], { read: 'possible', write: 'possible', use: 'possible' }],
  ])('%s', (_what, statements, expected) => {
    expect(judge(ecrRules, arn, statements, awsManagedKey())).toMatchObject(expected);
  });

  test('the explanation says what a pull lacks', () => {
    const { explanation } = judge(ecrRules, arn, [may(root(compute), manifest)], awsManagedKey());
    expect(explanation).toContain(`account ${compute} can read manifests`);
    expect(explanation).toContain(`to pull, one principal needs ${manifest} and ${layer}`);
  });
});

test('nobody writes to a file system who cannot mount it', () => {
  const fileSystem = `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`;
  const client = (...actions: string[]) => [
    allow(
      fileSystem,
      actions.map((name) => `elasticfilesystem:Client${name}`),
      root(compute),
    ),
  ];
  expect(judge(efsRules, fileSystem, client('Write'), customerKey())).toMatchObject({
    shared: [compute],
    write: 'not_shared',
    judged: ['do in part'],
  });
  expect(judge(efsRules, fileSystem, client('Mount', 'Write'), customerKey())).toMatchObject({
    read: 'possible',
    write: 'possible',
  });
});
