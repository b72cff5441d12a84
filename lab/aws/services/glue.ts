import { pageOfArray } from '../paging.ts';
import { pageSize, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { InvalidInput, type Output, refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimCatalog extends Shared {
  /** There is one in a region. */
  name: 'catalog';
  /** `DISABLED`, `SSE-KMS`, `SSE-KMS-WITH-SERVICE-ROLE`. */
  mode: string;
  kmsKeyId?: string;
  /** The key of passwords in connections; undefined: they have none. */
  passwordKeyId?: string;
  /** What AWS RAM made for shares. */
  ofShares: readonly string[];
  /** Whether callers lack the catalog's key, so that its own policy is not told among the others. */
  isKeyDenied: boolean;
}

const nothingSet: SimCatalog = {
  name: 'catalog',
  mode: 'DISABLED',
  policy: null,
  ofShares: [],
  isKeyDenied: false,
};

/** What is set of the catalog in a region. */
export const catalogs = new ResourceKind<SimCatalog>({
  arn: 'glue:*',
  namedBy: ['CatalogId'],
  complete: (given) => ({ ...nothingSet, ...given }),
  missing: () => [400, 'EntityNotFoundException', 'Catalog not found.'],
});

const paging = { size: 'MaxResults', token: 'NextToken' };

/** AWS Glue: what is set of its Data Catalog, not what is in it. */
export const glue: Service = {
  name: 'glue',
  wire: jsonWire({ target: 'AWSGlue', version: '1.1', messageField: 'Message' }),
  operations: {
    GetDataCatalogEncryptionSettings: { run: getSettings },
    GetResourcePolicies: { paging, run: getResourcePolicies },
    GetResourcePolicy: {
      run: (call) => ({
        PolicyInJson: catalogOf(call).policy ?? refuse(400, 'EntityNotFoundException', 'Policy not found'),
        PolicyHash: 'hash',
      }),
    },
  },
};

const catalogOf = ({ account, region }: Call): SimCatalog =>
  catalogs.in(account, region).get('catalog') ?? nothingSet;

function getSettings(call: Call): Output {
  const { mode, kmsKeyId, passwordKeyId } = catalogOf(call);
  return {
    DataCatalogEncryptionSettings: {
      EncryptionAtRest: { CatalogEncryptionMode: mode, SseAwsKmsKeyId: kmsKeyId },
      ConnectionPasswordEncryption: {
        ReturnConnectionPasswordEncrypted: passwordKeyId !== undefined,
        AwsKmsKeyId: passwordKeyId,
      },
    },
  };
}

function getResourcePolicies(call: Call): Output {
  const { policy, ofShares, isKeyDenied } = catalogOf(call);
  const own = policy === null || isKeyDenied ? [] : [policy];
  const page = pageOfArray([...ofShares, ...own], {
    marker: text(call.input, paging.token),
    limit: pageSize(call.input, paging.size, { max: 1000, default: 1000 }),
    invalid: () => new InvalidInput('Invalid NextToken'),
  });
  const GetResourcePoliciesResponseList = page.items.map((PolicyInJson) => ({
    PolicyInJson,
    PolicyHash: 'hash',
  }));
  return { GetResourcePoliciesResponseList, NextToken: page.next };
}
