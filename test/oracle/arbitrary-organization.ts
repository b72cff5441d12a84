import fc from '../random.ts';
import { aboutCaller, merged, untold } from './arbitrary-conditions.ts';
import type { Attached, Organization } from './organization.ts';
import type { Condition, Policy, Statement } from './policy.ts';
import { bucketArn, cousin, keyArn, ours, owner, region, sibling } from './world.ts';

const all: Policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const what: fc.Arbitrary<Pick<Statement, 'Action' | 'NotAction'>> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('*', 's3:*', 'kms:*', 'kms:Decrypt', 's3:GetObject*', 's3:PutObject', 'sqs:*', [
        's3:*',
        'kms:*',
      ])
      .map((Action) => ({ Action })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('s3:*', 'kms:*', ['s3:*', 'kms:*'], 'iam:*')
      .map((NotAction) => ({ NotAction })),
  },
);
const where: fc.Arbitrary<Pick<Statement, 'Resource' | 'NotResource'>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ Resource: '*' }) },
  fc.constantFrom(
    { Resource: keyArn },
    { Resource: `${bucketArn}/*` },
    { NotResource: `${bucketArn}/data/*` },
  ),
);
const ofRequest: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', region] } },
  { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
  { StringEquals: { 'aws:ResourceAccount': owner } },
  { StringNotEqualsIfExists: { 'aws:ResourceOrgID': ours } },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  { StringNotEqualsIfExists: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
  { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
);
const perimeter: Condition = {
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours },
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
};
const condition = fc.oneof(
  { weight: 4, arbitrary: aboutCaller },
  { weight: 3, arbitrary: ofRequest },
  { weight: 1, arbitrary: untold },
);
const lines = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: condition.map((one) => [one]) },
  { weight: 2, arbitrary: fc.tuple(condition, condition) },
);

const statement = (Effect: Statement['Effect'], named: Pick<Statement, 'Principal'>, line = lines) =>
  fc.tuple(what, where, line).map(
    ([actions, resources, conditions]): Statement => ({
      Effect,
      ...named,
      ...actions,
      ...resources,
      ...(conditions.length > 0 ? { Condition: merged(conditions) } : {}),
    }),
  );

const policies = (one: fc.Arbitrary<Policy>, most: number): fc.Arbitrary<readonly Policy[]> =>
  fc.array(one, { maxLength: most });
const policyOf = (list: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement: list });
const denying = fc.array(statement('Deny', {}), { minLength: 1, maxLength: 2 }).map(policyOf);
const allowing = fc.array(statement('Allow', {}), { minLength: 1, maxLength: 3 }).map(policyOf);

/** What a level allows, mostly all, and what it denies, mostly nothing. */
const level = (rarely: number): fc.Arbitrary<readonly Policy[]> =>
  fc
    .tuple(
      fc.oneof({ weight: rarely, arbitrary: fc.constant([all]) }, policies(allowing, 2)),
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, policies(denying, 1)),
    )
    .map(([allows, denies]) => [...allows, ...denies]);

const forResources = fc.oneof(
  { weight: 3, arbitrary: statement('Deny', { Principal: '*' }) },
  {
    weight: 2,
    arbitrary: statement('Deny', { Principal: '*' }, fc.constant([perimeter])),
  },
);
const ofResources = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  fc.array(forResources, { minLength: 1, maxLength: 2 }).map((list) => [policyOf(list)]),
);

const named =
  (prefix: string) =>
  (list: readonly Policy[]): readonly Attached[] =>
    list.map((policy, i) => ({ id: `p-${prefix}${i}`, policy }));

/** An account's own policies are those of the two that policies name: the rest of the organization is one party. */
export const anyOrganization = (): fc.Arbitrary<Organization> =>
  fc
    .tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constant('100000000009') }, fc.constant(owner)),
      level(6),
      level(2),
      level(2),
      ofResources,
      ofResources,
    )
    .map(([management, root, ofSibling, ofCousin, atRoot, atOwner]) => ({
      management,
      serviceControl: {
        root: named('root')(root),
        accounts: Object.fromEntries([
          [sibling, named('sibling')(ofSibling)],
          [cousin, named('cousin')(ofCousin)],
          ...['100000000001', '100000000004'].map((id) => [id, named('all')([all])] as const),
        ]),
      },
      resourceControl: {
        root: named('rcp')(atRoot),
        accounts: { [owner]: named('own')(atOwner) },
      },
    }));

/** A policy that denies something, of either type. */
export const anyDeny = (type: 'scp' | 'rcp'): fc.Arbitrary<Policy> =>
  type === 'scp' ? denying : forResources.map((one) => policyOf([one]));
