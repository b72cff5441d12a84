import { expect, test } from 'vitest';
import type { ResourceContext } from '../../../src/posture/access/admission.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import { viewpointOf } from '../../../src/posture/access/knowledge.ts';
import { principalAdmissions } from '../../../src/posture/access/principal-admissions.ts';
import { s3 } from '../../../src/posture/access/s3.ts';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import type { ServiceGrammar } from '../../../src/posture/policy/grammar.ts';
import { ANY_TEXT } from '../../../src/posture/policy/pattern.ts';
import { anyone } from '../../../src/posture/policy/principal.ts';
import { exactly, present } from '../../../src/posture/policy/value-set.ts';
import { dynamoDbGrammar } from '../../../src/services/dynamodb/grammar.ts';
import { ecrGrammar } from '../../../src/services/ecr/grammar.ts';
import { efsGrammar } from '../../../src/services/efs/grammar.ts';
import { lambdaGrammar } from '../../../src/services/lambda/grammar.ts';
import { secretsManagerGrammar } from '../../../src/services/secrets-manager/grammar.ts';
import { snsGrammar } from '../../../src/services/sns/grammar.ts';
import { sqsGrammar } from '../../../src/services/sqs/grammar.ts';
import { organization } from './case-file.ts';

test.each<[grammar: ServiceGrammar, unsigned: boolean]>([
  [s3, true],
  [sqsGrammar, true],
  [snsGrammar, true],
  [efsGrammar, true],
  [lambdaGrammar, true],
  [kms, false],
  [ecrGrammar, false],
  [secretsManagerGrammar, false],
  [dynamoDbGrammar, false],
])('anyone of $service lets in those who do not sign: %s', (grammar, unsigned) => {
  const context = {
    grammar,
    arn: '*',
    partition: 'aws',
    viewpoint: viewpointOf(organization, '111122223333'),
    ownCanonicalId: null,
    request: null,
  };
  const callers = principalAdmissions(anyone, actionsOf(grammar).all, context).map(({ caller }) => caller);
  expect(callers).toEqual(unsigned ? ['identity', 'service', 'anonymous'] : ['identity', 'service']);
});

test('requests for all that is inside are those that a statement on all of it is about', () => {
  const arn = 'arn:aws:s3:::orders';
  const context = {
    grammar: s3,
    arn,
    partition: 'aws',
    viewpoint: viewpointOf(organization, '111122223333'),
    ownCanonicalId: null,
    request: null,
  };
  const contents = `${arn}/${ANY_TEXT}`;
  const of = (given: ResourceContext) => principalAdmissions(anyone, actionsOf(s3).all, given)[0]?.contents;
  expect(of(context)).toEqual(present);
  expect(of({ ...context, contents })).toEqual(exactly(contents));
});
