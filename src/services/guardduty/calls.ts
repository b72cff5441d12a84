import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** GuardDuty as seen from one scope; never a finding. Rejects with AwsError only. */
export interface GuardDutyReads {
  /** Ids of detectors: at most one in a region, where GuardDuty was enabled. */
  detectors(): AsyncIterable<readonly string[]>;
  /** Ids of where a detector's findings go. */
  destinations(detector: string): AsyncIterable<readonly string[]>;
  /** ARN of the key under which findings are put there; null: AWS names none. */
  keyOf(detector: string, destination: string): Promise<string | null>;
}

export const guardDutyApi = {
  signingName: 'guardduty',
  endpoint: { prefix: 'guardduty', serviceId: 'GuardDuty', fipsAnyway: ['aws-us-gov'] },
  protocol: restJson,
};

/** Most that AWS gives in one page ("MaxResults", botocore 1.43.106, read 2026-11-30). */
const maxResults = '50';

export function guardDutyReads(access: ScopeAccess): GuardDutyReads {
  const { call, list } = apiCalls(access, guardDutyApi);
  return {
    detectors: () =>
      list(
        'guardduty:ListDetectors',
        (id) => id,
        (nextToken) => ({ path: ['detector'], query: { maxResults, nextToken } }),
        (answer) => ({ items: answer.requiredTexts('detectorIds'), next: answer.text('nextToken') }),
      ),

    destinations: (detector) =>
      list(
        'guardduty:ListPublishingDestinations',
        (id) => id,
        (nextToken) => ({
          path: ['detector', detector, 'publishingDestination'],
          query: { maxResults, nextToken },
        }),
        (answer) => ({
          items: answer.requiredObjects('destinations').map((one) => one.requiredText('destinationId')),
          next: answer.text('nextToken'),
        }),
      ),

    keyOf: (detector, destination) =>
      call(
        'guardduty:DescribePublishingDestination',
        { path: ['detector', detector, 'publishingDestination', destination] },
        (answer) => answer.requiredObject('destinationProperties').text('kmsKeyArn') || null,
      ),
  };
}
