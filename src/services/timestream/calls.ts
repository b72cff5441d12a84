import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError } from '../../aws/error.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { EndpointName } from '../../aws/regional-endpoint.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export const timestreamEndpoint = {
  prefix: 'ingest.timestream',
  serviceId: 'Timestream Write',
  fipsAnyway: ['aws-us-gov'],
  dualStack: {
    prefix: 'timestream-ingest',
    partitions: ['aws', 'aws-us-gov'],
    fipsAnyway: ['aws-us-gov'],
  },
};

export const timestreamProtocol = awsJson('1.0', 'Timestream_20181101');

const api = { signingName: 'timestream', endpoint: timestreamEndpoint, protocol: timestreamProtocol };

/**
 * Where the account's databases are. Null: "Only existing Timestream for LiveAnalytics customers can access the service",
 * which is closed to others since 2025-06-20 (an AccessDeniedException; message as users quote it, read 2026-11-30).
 * Rejects with AwsError only.
 */
export async function cellOf(access: ScopeAccess): Promise<EndpointName | null> {
  try {
    return await apiCalls(access, api).call('timestream:DescribeEndpoints', {}, (answer) => {
      const [first] = answer.requiredObjects('Endpoints');
      return cellAt(first?.requiredText('Address') ?? '', access.region);
    });
  } catch (error) {
    if (error instanceof AwsError && isClosedTo(error)) return null;
    throw error;
  }
}

/**
 * A cell of the service, by its address: `ingest-cell1.timestream.us-east-1.amazonaws.com`. Only what stands before the
 * region is taken of it, so that no address but AWS's own is ever asked; where it has another form, the service's own is
 * asked, which says what is wrong.
 */
export function cellAt(address: string, region: string): EndpointName {
  const [, prefix] = /^([a-z][a-z\d-]*(?:\.timestream(?:-fips)?)?)\.[a-z\d-]+\./.exec(address) ?? [];
  if (prefix === undefined) return timestreamEndpoint;
  // The address is the one for FIPS or dual stack already, where these were asked for.
  const asTold = { prefix, fipsAnyway: [region] };
  return { ...timestreamEndpoint, ...asTold, dualStack: asTold };
}

const isClosedTo = ({ reason, detail }: AwsError): boolean =>
  reason === 'access_denied' && detail.startsWith('Only existing Timestream for LiveAnalytics customers');
