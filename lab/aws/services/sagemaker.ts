import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface Keyed {
  readonly kmsKeyId?: string;
}

/** A code and words of its own for each that is not there, as moto 5.2.5 has them. */
export const notebooks = new ResourceKind<Keyed & { name: string }>({
  arn: 'sagemaker:notebook-instance/*',
  namedBy: ['NotebookInstanceName'],
  complete: (given) => given,
  missing: () => [400, 'ValidationException', 'RecordNotFound'],
});

export const endpointConfigs = new ResourceKind<Keyed & { name: string; serverless?: boolean }>({
  arn: 'sagemaker:endpoint-config/*',
  namedBy: ['EndpointConfigName'],
  complete: (given) => given,
  missing: (name) => [400, 'ValidationException', `Could not find endpoint configuration "${name}".`],
});

/** `formerName`: the key is told by the name that its field had before. */
export const studioDomains = new ResourceKind<Keyed & { id: string; formerName?: boolean }>({
  arn: 'sagemaker:domain/*',
  namedBy: ['DomainId'],
  complete: (given) => given,
  missing: (id) => [400, 'ResourceNotFound', `Domain [${id}] does not exist.`],
});

const paging = { size: 'MaxResults', answers: 100, default: 10, token: 'NextToken' };
const createdAt = 1_760_000_000;

const notebook = ({ name, arn }: { name: string; arn: string }) => ({
  NotebookInstanceName: name,
  NotebookInstanceArn: arn,
  NotebookInstanceStatus: 'InService',
});
const endpointConfig = ({ name, arn }: { name: string; arn: string }) => ({
  EndpointConfigName: name,
  EndpointConfigArn: arn,
  CreationTime: createdAt,
});
const studioDomain = ({ id, arn }: { id: string; arn: string }) => ({
  DomainId: id,
  DomainArn: arn,
  Status: 'InService',
});

/** Amazon SageMaker AI: what has volumes of its own. */
export const sageMaker: Service = {
  name: 'sagemaker',
  wire: jsonWire({ target: 'SageMaker', version: '1.1' }),
  operations: {
    ListNotebookInstances: notebooks.list({ entries: 'NotebookInstances', paging, entry: notebook }),
    DescribeNotebookInstance: notebooks.detail(({ kmsKeyId, ...rest }) => ({
      ...notebook(rest),
      KmsKeyId: kmsKeyId,
    })),
    ListEndpointConfigs: endpointConfigs.list({ entries: 'EndpointConfigs', paging, entry: endpointConfig }),
    DescribeEndpointConfig: endpointConfigs.detail(({ kmsKeyId, serverless, ...rest }) => ({
      ...endpointConfig(rest),
      KmsKeyId: kmsKeyId,
      ProductionVariants: [
        {
          VariantName: 'all',
          ModelName: 'churn',
          ...(serverless ? { ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 1 } } : {}),
        },
      ],
    })),
    ListDomains: studioDomains.list({ entries: 'Domains', paging, entry: studioDomain }),
    DescribeDomain: studioDomains.detail(({ kmsKeyId, formerName, ...rest }) => ({
      ...studioDomain(rest),
      [formerName ? 'HomeEfsFileSystemKmsKeyId' : 'KmsKeyId']: kmsKeyId,
    })),
  },
};
