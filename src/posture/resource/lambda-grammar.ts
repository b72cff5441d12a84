import { type ActionRule, type ServiceGrammar, tlsOnly } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'either' });

/**
 * Lambda in function policies, whose Resource is the function or a version or alias of it (Service Authorization
 * Reference, read 2026-11-28).
 */
export const lambdaGrammar: ServiceGrammar = {
  service: 'lambda',
  actions: {
    InvokeAsync: on('write'),
    InvokeFunction: on('write'),
    InvokeFunctionUrl: on('write'),
    GetFunction: on('read'),
    GetAlias: on('read_metadata'),
    GetFunctionConcurrency: on('read_metadata'),
    GetFunctionConfiguration: on('read_metadata'),
    GetFunctionEventInvokeConfig: on('read_metadata'),
    GetFunctionUrlConfig: on('read_metadata'),
    GetPolicy: on('read_metadata'),
    GetProvisionedConcurrencyConfig: on('read_metadata'),
    GetRuntimeManagementConfig: on('read_metadata'),
    ListAliases: on('read_metadata'),
    ListFunctionUrlConfigs: on('read_metadata'),
    ListTags: on('read_metadata'),
    ListVersionsByFunction: on('read_metadata'),
    AddPermission: on('administer'),
    CreateAlias: on('administer'),
    DeleteAlias: on('administer'),
    DeleteFunction: on('administer'),
    DeleteFunctionConcurrency: on('administer'),
    DeleteFunctionUrlConfig: on('administer'),
    PublishVersion: on('administer'),
    PutFunctionConcurrency: on('administer'),
    RemovePermission: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
    UpdateAlias: on('administer'),
    UpdateFunctionCode: on('administer'),
    UpdateFunctionConfiguration: on('administer'),
    UpdateFunctionUrlConfig: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'],
  requestKeys: tlsOnly,
  separator: ':',
  anonymous: true,
};
