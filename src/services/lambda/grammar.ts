import {
  acrossEither,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Lambda in function policies (Service Authorization Reference as of 2026-09-26 and botocore 1.44.8, read
 * 2026-11-28). Whether a function's policy reaches its durable executions, no page says: counted as if it did.
 */
export const lambdaGrammar: ServiceGrammar = {
  service: 'lambda',
  actions: actionTable(
    [acrossEither('write'), 'InvokeAsync InvokeFunction InvokeFunctionUrl'],
    [acrossEither('read'), 'GetFunction'],
    [
      acrossEither('read_metadata'),
      `GetAlias GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState
       GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration
       GetFunctionEventInvokeConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetFunctionUrlConfig
       GetPolicy GetProvisionedConcurrencyConfig GetResourcePolicy GetRuntimeManagementConfig ListAliases
       ListDurableExecutionsByFunction ListFunctionEventInvokeConfigs ListFunctionUrlConfigs
       ListProvisionedConcurrencyConfigs ListTags ListVersionsByFunction`,
    ],
    [
      acrossEither('administer'),
      `AddPermission CheckpointDurableExecution CreateAlias CreateFunctionUrlConfig DeleteAlias
       DeleteDurableExecution DeleteFunction DeleteFunctionCodeSigningConfig DeleteFunctionConcurrency
       DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig DeleteProvisionedConcurrencyConfig
       DeleteResourcePolicy DisableReplication EnableReplication PauseDurableExecution PublishVersion
       PutFunctionCodeSigningConfig PutFunctionConcurrency PutFunctionEventInvokeConfig
       PutFunctionRecursionConfig PutFunctionScalingConfig PutProvisionedConcurrencyConfig PutResourcePolicy
       PutRuntimeManagementConfig RemovePermission ResumeDurableExecution SendDurableExecutionCallbackFailure
       SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess StopDurableExecution
       TagResource UntagResource UpdateAlias UpdateFunctionCode UpdateFunctionCodeSigningConfig
       UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig`,
    ],
    // Of the account, or of layers, event sources, capacity providers, MicroVMs and network connectors.
    [
      noEffect,
      `AddLayerVersionPermission ConnectMicrovm CreateCapacityProvider CreateCodeSigningConfig
       CreateEventSourceMapping CreateFunction CreateMicrovmAuthToken CreateMicrovmImage
       CreateMicrovmShellAuthToken CreateNetworkConnector DeleteCapacityProvider DeleteCodeSigningConfig
       DeleteEventSourceMapping DeleteLayerVersion DeleteMicrovmImage DeleteMicrovmImageVersion
       DeleteNetworkConnector GetAccountSettings GetCapacityProvider GetCodeSigningConfig GetEventSourceMapping
       GetLayerVersion GetLayerVersionPolicy GetMicrovm GetMicrovmImage GetMicrovmImageBuild
       GetMicrovmImageVersion GetNetworkConnector ListCapacityProviders ListCodeSigningConfigs
       ListEventSourceMappings ListFunctions ListFunctionsByCodeSigningConfig
       ListFunctionVersionsByCapacityProvider ListLayers ListLayerVersions ListManagedMicrovmImages
       ListManagedMicrovmImageVersions ListMicrovmImageBuilds ListMicrovmImages ListMicrovmImageVersions
       ListMicrovms ListNetworkConnectors PassCapacityProvider PassNetworkConnector PublishLayerVersion
       RemoveLayerVersionPermission ResumeMicrovm RunMicrovm SuspendMicrovm TerminateMicrovm
       UpdateCapacityProvider UpdateCodeSigningConfig UpdateEventSourceMapping UpdateMicrovmImage
       UpdateMicrovmImageVersion UpdateNetworkConnector`,
    ],
  ),
  ...noOwnKeys,
  callerChoice: ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'],
  requestKeys: tlsOnly,
  separator: ':',
  anonymous: true,
};
