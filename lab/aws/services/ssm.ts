import { pageOfArray } from '../paging.ts';
import { pageSize, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { InvalidInput, type Output } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimParameter {
  /** Without a slash before it. */
  name: string;
  /** `SecureString`, `String`, `StringList`. */
  type: string;
  /** As its owner wrote it, of a SecureString. */
  keyId: string | undefined;
  /** `Standard`, `Advanced`, `Intelligent-Tiering`. */
  tier: string;
  policies: readonly string[];
}

export const parameters = new ResourceKind<SimParameter>({
  arn: 'ssm:parameter/*',
  namedBy: ['ResourceArn'],
  complete({ type = 'SecureString', keyId, ...given }) {
    const key = type === 'SecureString' ? (keyId ?? 'alias/aws/ssm') : undefined;
    return { tier: 'Standard', policies: [], ...given, type, keyId: key };
  },
  missing: (name) => [400, 'ResourceNotFoundException', `Parameter ${name} not found.`],
});

/** Documents that an account made, by their text in JSON. */
export const documents = new ResourceKind<{ name: string; content: string }>({
  arn: 'ssm:document/*',
  namedBy: ['Name'],
  complete: (given) => ({ content: '{}', ...given }),
  missing: (name) => [400, 'InvalidDocument', `Document with name ${name} does not exist.`],
});

const paging = { size: 'MaxResults', token: 'NextToken' };

/** AWS Systems Manager: documents, and what is known of parameters, never a value. */
export const ssm: Service = {
  name: 'ssm',
  wire: jsonWire({ target: 'AmazonSSM', version: '1.1' }),
  operations: {
    DescribeParameters: { paging, run: describeParameters },
    GetResourcePolicies: parameters.detail(({ policies }) => ({
      Policies: policies.map((Policy, index) => ({ PolicyId: `id-${index}`, PolicyHash: 'hash', Policy })),
    })),
    GetDocument: documents.detail(({ name, content }) => ({
      Name: name,
      DocumentVersion: '1',
      Status: 'Active',
      Content: content,
      DocumentType: 'Session',
      DocumentFormat: 'JSON',
    })),
  },
};

function describeParameters({ world, account, region, input }: Call): Output {
  const filters = (input.ParameterFilters ?? []) as readonly { Key: string; Values: readonly string[] }[];
  const wanted = [...parameters.in(account, region).values()].filter(({ type }) =>
    filters.every(({ Key, Values }) => Key !== 'Type' || Values.includes(type)),
  );
  const page = pageOfArray(wanted, {
    marker: text(input, paging.token),
    limit: pageSize(input, paging.size, { max: 50, default: 50 }),
    invalid: () => new InvalidInput('The specified token is not valid.'),
  });
  const place = `${world.organization.partition}:ssm:${region}:${account.id}`;
  return {
    Parameters: page.items.map(({ name, type, keyId, tier }) => ({
      Name: name.includes('/') ? `/${name}` : name,
      ARN: `arn:${place}:parameter/${name}`,
      Type: type,
      KeyId: keyId,
      Tier: tier,
    })),
    NextToken: page.next,
  };
}
