import type { ResourceContext } from '../access/admission.ts';
import { arnPattern, likePattern, overlaps } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';

/**
 * Whether a statement of a principal's own policy names access points: a request through one is held against its ARN
 * there, and against the bucket's in the bucket policy (S3 user guide, "Configuring IAM policies for using access
 * points", read 2026-11-29). Which buckets the access points are of, the ARN does not tell.
 */
export function namesAccessPoints(
  { resources, notResource }: Pick<Statement, 'resources' | 'notResource'>,
  context: Pick<ResourceContext, 'grammar' | 'partition'>,
): boolean {
  const { grammar } = context;
  if (resources === null || notResource || grammar.delegationKeys.account.length === 0) return false;
  const accessPoint = patternOf(
    `arn:${context.partition}:${grammar.service}:*:${'?'.repeat(12)}:accesspoint/*`,
  );
  return resources.some((text) => overlaps(patternOf(text.replaceAll(/\$\{[^}]*\}/g, '*')), accessPoint));
}

const patternOf = (text: string): string => arnPattern(text) ?? likePattern(text);
