import type { Condition, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { aboutCaller, aboutPresence, few, line, merged, untold } from './arbitrary-conditions.ts';
import { type Control, type Controls, targets } from './controls.ts';
import { bucketArn, cousin, keyArn, member, ours, owner, region, sibling, vendor } from './world.ts';

/** SCPs and RCPs as organizations have them: allow lists, regions, perimeters with their exceptions, and odd ones. */
const target = few(fc.constantFrom(...targets));

const actions = fc.constantFrom(
  's3:*',
  'kms:*',
  's3:GetObject',
  's3:Get*',
  'kms:Decrypt',
  'kms:GenerateDataKey*',
);
const single = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringNotEqualsIfExists'];

/** Keys of the resource, of the place, and of how a call comes. */
const aboutCall: fc.Arbitrary<Condition> = fc.oneof(
  line(single, ['aws:RequestedRegion'], fc.constantFrom(region, 'us-east-1', 'eu-*')),
  line(single, ['aws:ResourceAccount'], fc.constantFrom(owner, sibling)),
  line(single, ['aws:ResourceOrgID'], fc.constantFrom(ours, 'o-theirs0001')),
  line(
    single,
    ['kms:ViaService'],
    fc.constantFrom(`s3.${region}.amazonaws.com`, `sqs.${region}.amazonaws.com`),
  ),
  fc
    .tuple(fc.constantFrom('Bool', 'BoolIfExists'), fc.constantFrom('true', 'false'))
    .map(([operator, value]): Condition => ({ [operator]: { 'aws:ViaAWSService': value } })),
);
/** Of an operator that AWS may bring one day. */
const notUnderstood: fc.Arbitrary<Condition> = fc.constant({
  StringResembles: { 'aws:PrincipalAccount': sibling },
});
const conditions: fc.Arbitrary<Condition | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 6, arbitrary: few(aboutCaller).map(merged) },
  { weight: 4, arbitrary: few(aboutCall).map(merged) },
  { weight: 1, arbitrary: aboutPresence },
  { weight: 1, arbitrary: untold },
  { weight: 1, arbitrary: notUnderstood },
);

const resources: fc.Arbitrary<Pick<Statement, 'Resource' | 'NotResource'>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ Resource: '*' }) },
  { weight: 2, arbitrary: fc.constantFrom(`${bucketArn}/*`, keyArn).map((Resource) => ({ Resource })) },
  { weight: 1, arbitrary: fc.constantFrom(`${bucketArn}/*`, keyArn).map((NotResource) => ({ NotResource })) },
);

const statement = (
  rest: Omit<Statement, 'Condition' | 'Resource'>,
  where: Pick<Statement, 'Resource' | 'NotResource'>,
  Condition: Condition | undefined,
): Statement => ({ ...rest, ...where, ...(Condition && { Condition }) });

const denying = fc
  .tuple(few(actions), resources, conditions)
  .map(([Action, where, condition]) => statement({ Effect: 'Deny', Action }, where, condition));

/** As the guides show it: everything but global services outside of some regions. */
const regions: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom(['iam:*', 'sts:*'], ['iam:*', 's3:*'], ['kms:*']),
    fc.constantFrom(region, 'us-east-1'),
  )
  .map(([NotAction, name]) => ({
    Effect: 'Deny',
    NotAction,
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': [name] } },
  }));

const allowList: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(['s3:*', 'kms:*', 'sqs:*'], ['s3:*'], ['s3:*', 'kms:Decrypt'], ['ec2:*'], ['*'])
      .map((Action): Statement => ({ Effect: 'Allow', Action, Resource: '*' })),
  },
  fc
    .constantFrom(['kms:*'], ['iam:*'])
    .map((NotAction): Statement => ({ Effect: 'Allow', NotAction, Resource: '*' })),
  fc
    .tuple(resources, conditions)
    .map(([where, condition]) => statement({ Effect: 'Allow', Action: '*' }, where, condition)),
);

const serviceControl: fc.Arbitrary<Control> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: few(denying) },
      { weight: 2, arbitrary: regions.map((one) => [one]) },
      { weight: 2, arbitrary: allowList.map((one) => [one]) },
    ),
    target,
  )
  .map(([statements, on]) => ({ type: 'SERVICE_CONTROL_POLICY', statements, targets: on }));

/** Only the organization, with the exceptions that perimeters have: services, partners, a role. */
const perimeter: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom(['s3:*', 'kms:*'], ['kms:*'], ['s3:*'], ['s3:*', 'sqs:*', 'sts:AssumeRole']),
    fc.constantFrom('StringNotEquals', 'StringNotEqualsIfExists'),
    fc.constantFrom<Condition>(
      {},
      { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    ),
    fc.constantFrom<Condition>(
      {},
      {},
      { StringNotEqualsIfExists: { 'aws:PrincipalAccount': [vendor] } },
      { ArnNotLikeIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${vendor}:role/app*` } },
    ),
  )
  .map(([Action, operator, services, partners]) => ({
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource: '*',
    Condition: merged([{ [operator]: { 'aws:PrincipalOrgID': ours } }, services, partners]),
  }));

/** KMS developer guide, "Resource control policies in AWS KMS", second example. */
const confusedDeputy: fc.Arbitrary<Statement> = fc.constant({
  Effect: 'Deny',
  Principal: '*',
  Action: ['kms:*', 's3:*'],
  Resource: '*',
  Condition: {
    StringNotEqualsIfExists: { 'aws:SourceOrgID': ours },
    Null: { 'aws:SourceAccount': 'false' },
    Bool: { 'aws:PrincipalIsAWSService': 'true' },
  },
});

const resourceControl: fc.Arbitrary<Control> = fc
  .tuple(
    few(
      fc.oneof(
        { weight: 4, arbitrary: perimeter },
        { weight: 1, arbitrary: confusedDeputy },
        { weight: 2, arbitrary: denying.map((one): Statement => ({ Principal: '*', ...one })) },
      ),
    ),
    target,
  )
  .map(([statements, on]) => ({ type: 'RESOURCE_CONTROL_POLICY', statements, targets: on }));

/** Where `FullAWSAccess` was detached, mostly with an allow list in its place. */
const detached: fc.Arbitrary<Pick<Controls, 'withoutFullAccess' | 'controls'>> = fc
  .tuple(fc.constantFrom(...targets), fc.integer({ min: 0, max: 11 }), allowList)
  .map(([on, chance, statement]) => ({
    withoutFullAccess: chance < 4 ? [on] : [],
    controls: chance < 3 ? [{ type: 'SERVICE_CONTROL_POLICY', statements: [statement], targets: [on] }] : [],
  }));

export const anyControls: fc.Arbitrary<Controls> = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant<string>(member) },
      { weight: 4, arbitrary: fc.constantFrom<string>(owner, sibling, cousin) },
    ),
    fc.array(serviceControl, { maxLength: 2 }),
    fc.array(resourceControl, { maxLength: 2 }),
    detached,
  )
  .map(([management, scps, rcps, { withoutFullAccess, controls }]) => ({
    management,
    withoutFullAccess,
    controls: [...scps, ...rcps, ...controls],
  }));

/** A policy of either type that only denies, attached somewhere. */
export const anyDeny: fc.Arbitrary<Control> = fc.oneof(
  resourceControl,
  fc
    .tuple(few(denying), target)
    .map(([statements, on]): Control => ({ type: 'SERVICE_CONTROL_POLICY', statements, targets: on })),
);
