import { apiCalls } from '../../aws/api-calls.ts';
import type { GlobalAddress } from '../../aws/regional-endpoint.ts';
import { restXml } from '../../aws/rest-xml.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface HostedZone {
  /** Without what stands before it: `Z1`. */
  readonly id: string;
  readonly isPrivate: boolean;
}

/** A key-signing key of a zone. */
export interface SigningKey {
  /** Unique in its zone. */
  readonly name: string;
  /** ARN of the KMS key. */
  readonly key: string;
}

/** Route 53 as seen from an account; never a record. Rejects with AwsError only. */
export interface Route53Reads {
  hostedZones(): AsyncIterable<readonly HostedZone[]>;
  /** Of a zone that is not private; none where DNSSEC signing was never set up. */
  signingKeys(zoneId: string): Promise<readonly SigningKey[]>;
}

/** Without a partition of its own, FIPS addresses there have the name that all have. */
const named = (signingRegion: string, dualStack: string): GlobalAddress => ({
  signingRegion,
  hosts: ['route53', 'route53-fips', dualStack, 'route53-fips'],
});

/** By the endpoint rules of AWS's SDKs (@aws-sdk/client-route-53 3.1169.0, read 2026-11-30). */
const addresses: Readonly<Record<string, GlobalAddress>> = {
  aws: {
    signingRegion: 'us-east-1',
    hosts: ['route53', 'route53-fips', 'route53.global', 'route53-fips.global'],
  },
  'aws-cn': named('cn-northwest-1', 'route53.global'),
  'aws-us-gov': {
    signingRegion: 'us-gov-west-1',
    hosts: ['route53.us-gov', 'route53.us-gov', 'route53.us-gov', 'route53.us-gov'],
  },
  'aws-eusc': named('eusc-de-east-1', 'route53.global'),
  'aws-iso': named('us-iso-east-1', 'route53'),
  'aws-iso-b': named('us-isob-east-1', 'route53'),
  'aws-iso-e': named('eu-isoe-west-1', 'route53'),
  'aws-iso-f': named('us-isof-south-1', 'route53'),
};

/** Route 53 has one address for each partition. */
export const route53Api = {
  signingName: 'route53',
  endpoint: { prefix: 'route53', serviceId: 'Route 53', global: addresses },
  protocol: restXml,
};

const version = '2013-04-01';

/** Most that AWS gives in one page (Route 53 API reference, ListHostedZones, read 2026-11-30). */
const maxitems = '100';

export function route53Reads(access: ScopeAccess): Route53Reads {
  const { call, list } = apiCalls(access, route53Api);
  return {
    hostedZones: () =>
      list<HostedZone>(
        'route53:ListHostedZones',
        ({ id }) => id,
        (marker) => ({ path: [version, 'hostedzone'], query: { maxitems, marker } }),
        (answer) => ({
          items: answer.requiredObjects('HostedZones').map((zone) => ({
            id: zone.requiredText('Id').replace(/^\/hostedzone\//, ''),
            isPrivate: zone.object('Config')?.boolean('PrivateZone') === true,
          })),
          next: answer.text('NextMarker'),
          truncated: answer.requiredBoolean('IsTruncated'),
        }),
      ),

    signingKeys: (zoneId) =>
      call('route53:GetDNSSEC', { path: [version, 'hostedzone', zoneId, 'dnssec'] }, (answer) =>
        answer.requiredObjects('KeySigningKeys').map((one) => ({
          name: one.requiredText('Name'),
          key: one.requiredText('KmsArn'),
        })),
      ),
  };
}
