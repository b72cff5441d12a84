import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import {
  endpointConfigRules,
  endpointEncryption,
  notebookRules,
  studioDomainRules,
  volumeEncryption,
} from './rules.ts';

export const sageMakerEndpoint = {
  prefix: 'api.sagemaker',
  serviceId: 'SageMaker',
  fips: { prefix: 'api-fips.sagemaker', partitions: ['aws', 'aws-us-gov'] },
};

const api = { endpoint: sageMakerEndpoint, protocol: awsJson('1.1', 'SageMaker') };

const paging = {
  // Most that AWS gives in one page (API reference, read 2026-11-30).
  input: (NextToken: string | undefined) => ({ MaxResults: 100, NextToken }),
  next: 'NextToken',
};

export const notebooks = listedService({
  ...api,
  rules: notebookRules,
  resourceType: 'notebook_instance',
  list: {
    ...paging,
    operation: 'sagemaker:ListNotebookInstances',
    items: 'NotebookInstances',
    arn: (notebook) => notebook.requiredText('NotebookInstanceArn'),
  },
  describe: {
    operation: 'sagemaker:DescribeNotebookInstance',
    input: (notebook) => ({ NotebookInstanceName: notebook.requiredText('NotebookInstanceName') }),
    always: 'NotebookInstanceArn',
  },
  encryption: (notebook) => volumeEncryption(notebook.text('KmsKeyId') || null),
});

export const endpointConfigs = listedService({
  ...api,
  rules: endpointConfigRules,
  resourceType: 'endpoint_configuration',
  list: {
    ...paging,
    operation: 'sagemaker:ListEndpointConfigs',
    items: 'EndpointConfigs',
    arn: (config) => config.requiredText('EndpointConfigArn'),
  },
  describe: {
    operation: 'sagemaker:DescribeEndpointConfig',
    input: (config) => ({ EndpointConfigName: config.requiredText('EndpointConfigName') }),
  },
  encryption(config) {
    const variants = config.requiredObjects('ProductionVariants');
    const shadows = config.objects('ShadowProductionVariants') ?? [];
    const hasServerless = [...variants, ...shadows].some((one) => one.object('ServerlessConfig') !== null);
    return endpointEncryption(config.text('KmsKeyId') || null, hasServerless);
  },
});

export const studioDomains = listedService({
  ...api,
  rules: studioDomainRules,
  resourceType: 'studio_domain',
  list: {
    ...paging,
    operation: 'sagemaker:ListDomains',
    items: 'Domains',
    arn: (domain) => domain.requiredText('DomainArn'),
  },
  describe: {
    operation: 'sagemaker:DescribeDomain',
    input: (domain) => ({ DomainId: domain.requiredText('DomainId') }),
    always: 'DomainArn',
  },
  // The second is the first's former name (API reference, "DescribeDomain", read 2026-11-30).
  encryption: (domain) =>
    volumeEncryption(domain.text('KmsKeyId') || domain.text('HomeEfsFileSystemKmsKeyId') || null),
});
