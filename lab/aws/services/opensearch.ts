import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimDomain extends Shared {
  name: string;
  encrypted: boolean;
  /** As AWS answers it, of one that is encrypted. */
  kmsKeyId?: string;
}

export const searchDomains = new ResourceKind<SimDomain>({
  arn: 'es:domain/*',
  namedBy: ['DomainName'],
  complete: (given) => ({ policy: null, encrypted: given.kmsKeyId !== undefined, ...given }),
  missing: (name) => [409, 'ResourceNotFoundException', `Domain not found: ${name}`],
});

/** Amazon OpenSearch Service: what is known of domains. */
export const openSearch: Service = {
  name: 'es',
  wire: restJsonWire({
    ListDomainNames: 'GET /2021-01-01/domain',
    DescribeDomain: 'GET /2021-01-01/opensearch/domain/{DomainName}',
  }),
  operations: {
    ListDomainNames: {
      run: ({ account, region }) => ({
        DomainNames: [...searchDomains.in(account, region).keys()].map((DomainName) => ({
          DomainName,
          EngineType: 'OpenSearch',
        })),
      }),
    },
    DescribeDomain: searchDomains.detail(({ name, arn, policy, encrypted, kmsKeyId }, { account }) => ({
      DomainStatus: {
        DomainId: `${account.id}/${name}`,
        DomainName: name,
        ARN: arn,
        ClusterConfig: {},
        AccessPolicies: policy ?? '',
        EncryptionAtRestOptions: { Enabled: encrypted, KmsKeyId: kmsKeyId },
      },
    })),
  },
};
