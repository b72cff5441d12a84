import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimMacie {
  /** There is one in a region where Macie is on. */
  name: 'session';
  /** Under which results are stored; undefined: they are not. */
  key?: string;
}

/** Macie in a region: off where there is none. */
export const macieSessions = new ResourceKind<SimMacie>({
  arn: 'macie2:*',
  namedBy: ['Name'],
  complete: (given) => given,
  missing: () => [404, 'ResourceNotFoundException', 'not found'],
});

/** Amazon Macie: where it stores results, not these. */
export const macie: Service = {
  name: 'macie2',
  wire: restJsonWire({ GetClassificationExportConfiguration: 'GET /classification-export-configuration' }),
  failures: { throttled: [429, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    GetClassificationExportConfiguration: {
      run({ account, region }) {
        const session = macieSessions.in(account, region).get('session');
        if (session === undefined) refuse(403, 'AccessDeniedException', 'Macie is not enabled.');
        const { key } = session;
        return {
          configuration:
            key === undefined ? {} : { s3Destination: { bucketName: 'results', kmsKeyArn: key } },
        };
      },
    },
  },
};
