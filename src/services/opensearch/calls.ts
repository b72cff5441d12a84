import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A domain, of what matters here. */
export interface SearchDomain {
  readonly arn: string;
  /** EncryptionAtRestOptions. */
  readonly encryption: {
    /** Null when not answered. */
    readonly enabled: boolean | null;
    /** Id, ARN or alias; null: it names none. */
    readonly kmsKeyId: string | null;
  };
  /** The JSON text of its access policy; null or empty: it has none. */
  readonly accessPolicies: string | null;
}

/** OpenSearch Service as seen from one scope, domains of Elasticsearch included. Rejects with AwsError only. */
export interface OpenSearchReads {
  domainNames(): AsyncIterable<readonly string[]>;
  domain(name: string): Promise<SearchDomain>;
}

export const openSearchApi = {
  signingName: 'es',
  endpoint: {
    prefix: 'es',
    serviceId: 'OpenSearch',
    dualStack: { prefix: 'aos', partitions: ['aws', 'aws-cn', 'aws-us-gov'], partitionsWithFips: [] },
  },
  protocol: restJson,
};

const version = '2021-01-01';

export function openSearchReads(access: ScopeAccess): OpenSearchReads {
  const { call, list } = apiCalls(access, openSearchApi);
  return {
    domainNames: () =>
      list(
        'es:ListDomainNames',
        (name) => name,
        () => ({ path: [version, 'domain'] }),
        // AWS gives all at once.
        (answer) => ({
          items: answer.requiredObjects('DomainNames').map((domain) => domain.requiredText('DomainName')),
          next: null,
        }),
      ),

    domain: (name) =>
      call('es:DescribeDomain', { path: [version, 'opensearch', 'domain', name] }, (answer) => {
        const domain = answer.requiredObject('DomainStatus');
        const options = domain.object('EncryptionAtRestOptions');
        return {
          arn: domain.requiredText('ARN'),
          encryption: {
            enabled: options?.boolean('Enabled') ?? null,
            kmsKeyId: options?.text('KmsKeyId') || null,
          },
          accessPolicies: domain.text('AccessPolicies'),
        };
      }),
  };
}
