import type { Fields } from '../../aws/answer.ts';
import { parseArn } from '../../aws/arn.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import type { Dimension, KeyUse, RequestMetric } from './facts.ts';

export const namespace = 'AWS/KMS';
/** "The number of successful requests for cryptographic operations on a specific KMS key" (KMS developer guide, 2026-11-30). */
export const metricName = 'SuccessfulRequest';

/** A metric that ListMetrics named. */
export interface NamedMetric {
  /** The same for the same metric. */
  readonly identity: string;
  /** Null: it is not known what it counts. */
  readonly metric: RequestMetric | null;
}

/** @throws AwsError for a metric that was not asked for */
export function metricOf(fields: Fields, site: CallSite): NamedMetric {
  const named = [fields.requiredText('Namespace'), fields.requiredText('MetricName')].join(' ');
  if (named !== `${namespace} ${metricName}`)
    throw new AwsError('malformed_answer', 'another_metric', site, `the answer has the metric ${named}`);
  const dimensions = fields
    .requiredObjects('Dimensions')
    .map((each) => ({ name: each.requiredText('Name'), value: each.requiredText('Value') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const uses = usesOf(dimensions);
  const isUnderstood = uses?.every(({ keyArn }) => isKeyIn(keyArn, site.region));
  return {
    identity: JSON.stringify(dimensions),
    metric: isUnderstood && uses ? { dimensions, uses } : null,
  };
}

/** Sorted by name. The dimensions that AWS documents: of all operations, and of ReEncrypt; null: others. */
function usesOf(dimensions: readonly Dimension[]): readonly KeyUse[] | null {
  const [first = '', second = '', third = ''] = dimensions.map(({ value }) => value);
  switch (dimensions.map(({ name }) => name).join(' ')) {
    case 'KeyArn Operation':
      return [{ keyArn: first, operation: second }];
    case 'DestinationKeyArn Operation SourceKeyArn':
      return [
        { keyArn: third, operation: `${second}From` },
        { keyArn: first, operation: `${second}To` },
      ];
    default:
      return null;
  }
}

/** A key of whatever account: AWS does not say in whose metrics the use of another account's key is counted. */
function isKeyIn(text: string, region: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'kms' && arn.region === region && /^key\/[\w-]+$/.test(arn.resource);
}
