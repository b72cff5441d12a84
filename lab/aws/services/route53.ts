import { restXmlWire } from '../protocol/rest-xml.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimZone {
  /** `Z1`. */
  id: string;
  domain: string;
  isPrivate: boolean;
  /** ARNs of KMS keys by the names of its key-signing keys; none: it is not signed. */
  signingKeys: Readonly<Record<string, string>>;
}

/** Hosted zones, in the region that their calls are signed for. */
export const hostedZones = new ResourceKind<SimZone>({
  arn: 'route53:hostedzone/*',
  namedBy: ['Id'],
  complete: (given) => ({ domain: `${given.id}.example.`, isPrivate: false, signingKeys: {}, ...given }),
  missing: (id) => [404, 'NoSuchHostedZone', `No hosted zone found with ID: ${id}`],
});

/** Amazon Route 53: hosted zones and how they are signed, without records. */
export const route53: Service = {
  name: 'route53',
  wire: restXmlWire('https://route53.amazonaws.com/doc/2013-04-01/', {
    ListHostedZones: 'GET /2013-04-01/hostedzone',
    GetDNSSEC: 'GET /2013-04-01/hostedzone/{Id}/dnssec',
  }),
  isGlobal: true,
  failures: { invalid_input: [400, 'InvalidInput', 'The input is not valid'] },
  operations: {
    ListHostedZones: hostedZones.list({
      entries: 'HostedZones.HostedZone',
      paging: {
        size: 'maxitems',
        answers: 100,
        token: 'marker',
        next: 'NextMarker',
        more: 'IsTruncated',
      },
      entry: ({ id, domain, isPrivate }) => ({
        Id: `/hostedzone/${id}`,
        Name: domain,
        CallerReference: id,
        Config: { PrivateZone: isPrivate },
        ResourceRecordSetCount: 2,
      }),
    }),
    GetDNSSEC: hostedZones.detail(({ isPrivate, signingKeys }) => {
      if (isPrivate) refuse(400, 'InvalidArgument', 'DNSSEC is not supported for private hosted zones.');
      const keys = Object.entries(signingKeys);
      return {
        Status: { ServeSignature: keys.length > 0 ? 'SIGNING' : 'NOT_SIGNING' },
        KeySigningKeys: {
          member: keys.map(([Name, KmsArn]) => ({ Name, KmsArn, Flag: 257, Status: 'ACTIVE' })),
        },
      };
    }),
  },
};
