import { covers, likePattern } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';

/** Prefixes of the actions that verdicts ask about: of an account's IAM nothing else is held. */
const judgedServices = [
  ...[
    'aps',
    'backup',
    'bedrock',
    'cloudtrail',
    'codeartifact',
    'codebuild',
    'dynamodb',
    'ec2',
    'ecr',
    'elasticfilesystem',
  ],
  ...['es', 'events', 'fsx', 'glue', 'kafka', 'kafka-cluster', 'kinesis', 'kms', 'lambda'],
  ...['logs', 'rds', 'redshift', 'redshift-serverless', 's3', 's3express', 's3tables', 's3vectors'],
  ...['secretsmanager', 'sns', 'sqs', 'ssm', 'sts'],
];

/** Patterns are few and come again and again; the bound only guards against a hostile account. */
const answers = new Map<string, boolean>();
const answersLimit = 4096;

/** Whether a statement may be about an action of a service that is judged. NotAction may be about any. */
export const isAboutJudged = ({ actions, notAction }: Statement): boolean =>
  notAction || actions.some(namesJudged);

function namesJudged(action: string): boolean {
  const colon = action.indexOf(':');
  // Without a service it is `*`, or nothing that AWS knows: both stay.
  if (colon < 0) return true;
  const prefix = action.slice(0, colon).toLowerCase();
  const before = answers.get(prefix);
  if (before !== undefined) return before;
  const pattern = likePattern(prefix);
  const answer = judgedServices.some((service) => covers(pattern, service));
  if (answers.size < answersLimit) answers.set(prefix, answer);
  return answer;
}
