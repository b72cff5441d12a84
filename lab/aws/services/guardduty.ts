import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Detectors: GuardDuty is off where there is none. */
export const detectors = new ResourceKind<{ id: string }>({
  arn: 'guardduty:detector/*',
  namedBy: ['DetectorId'],
  complete: (given) => given,
  missing: () => [
    400,
    'BadRequestException',
    'The request is rejected because the input detectorId is not owned by the current account.',
  ],
});

/** Where findings go, by an id of their own. */
export const publishingDestinations = new ResourceKind<{
  id: string;
  /** The detector's id. */
  detector: string;
  /** Absent: the answer leaves it out. */
  key?: string;
}>({
  arn: 'guardduty:detector/publishingDestination/*',
  namedBy: ['DestinationId'],
  complete: (given) => ({ detector: '1', ...given }),
  missing: () => [
    400,
    'BadRequestException',
    'The request is rejected because the one or more input parameters have invalid values.',
  ],
});

const paging = { size: 'maxResults', answers: 50, token: 'nextToken' };

/** Amazon GuardDuty: where its findings go, not these. */
export const guardDuty: Service = {
  name: 'guardduty',
  wire: restJsonWire({
    ListDetectors: 'GET /detector',
    ListPublishingDestinations: 'GET /detector/{DetectorId}/publishingDestination',
    DescribePublishingDestination: 'GET /detector/{DetectorId}/publishingDestination/{DestinationId}',
  }),
  operations: {
    ListDetectors: detectors.list({ entries: 'detectorIds', paging, entry: ({ id }) => id }),
    ListPublishingDestinations: publishingDestinations.list({
      entries: 'destinations',
      paging,
      only: ({ detector }, call) => detector === detectors.named(call).id,
      entry: ({ id }) => ({ destinationId: id, destinationType: 'S3', status: 'PUBLISHING' }),
    }),
    DescribePublishingDestination: publishingDestinations.detail(({ id, key }) => ({
      destinationId: id,
      destinationType: 'S3',
      status: 'PUBLISHING',
      publishingFailureStartTimestamp: 0,
      destinationProperties: { destinationArn: 'arn:aws:s3:::findings', kmsKeyArn: key },
    })),
  },
};
