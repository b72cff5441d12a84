import type { Fields } from '../../aws/answer.ts';
import { parseArn } from '../../aws/arn.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { Scope } from '../../organization/model.ts';
import { listedService } from '../listed-service.ts';
import { joinedPolicies } from '../policy-texts.ts';
import { byKeyOfCloudTrail, eventDataStoreRules, trailRules } from './rules.ts';

export const cloudTrailEndpoint = {
  prefix: 'cloudtrail',
  serviceId: 'CloudTrail',
  fipsAnyway: ['us-gov-east-1', 'us-gov-west-1'],
};

const api = { endpoint: cloudTrailEndpoint, protocol: awsJson('1.1', 'CloudTrail_20131101') };

/** The organization's is seen in each member. */
const isOfAccount = (arn: string, { accountId }: Scope): boolean => parseArn(arn)?.accountId === accountId;

const trailArn = (trail: Fields): string => trail.requiredText('TrailARN');
const storeArn = (store: Fields): string => store.requiredText('EventDataStoreArn');

/** Trails where they are at home: shadows of them in other regions and accounts are no trails of their own. */
export const trails = listedService({
  ...api,
  rules: trailRules,
  resourceType: 'trail',
  list: {
    operation: 'cloudtrail:DescribeTrails',
    input: () => ({ includeShadowTrails: false }),
    items: 'trailList',
    // AWS gives all at once.
    next: 'NextToken',
    arn: trailArn,
    only: (trail, scope) =>
      trail.requiredText('HomeRegion') === scope.region && isOfAccount(trailArn(trail), scope),
  },
  encryption: (trail) => byKeyOfCloudTrail(trail.text('KmsKeyId') || null),
});

export const eventDataStores = listedService({
  ...api,
  rules: eventDataStoreRules,
  resourceType: 'event_data_store',
  list: {
    operation: 'cloudtrail:ListEventDataStores',
    // Most that AWS gives in one page (API reference, 2026-11-29).
    input: (NextToken) => ({ MaxResults: 1000, NextToken }),
    items: 'EventDataStores',
    next: 'NextToken',
    arn: storeArn,
    only: (store, scope) => isOfAccount(storeArn(store), scope),
  },
  describe: {
    operation: 'cloudtrail:GetEventDataStore',
    input: (store) => ({ EventDataStore: storeArn(store) }),
  },
  encryption(store) {
    // An answer without it is none of AWS's, and its missing key says nothing.
    storeArn(store);
    return byKeyOfCloudTrail(store.text('KmsKeyId') || null);
  },
  policy: {
    operation: 'cloudtrail:GetResourcePolicy',
    input: (store) => ({ ResourceArn: storeArn(store) }),
    // AWS weighs both together.
    text: (answer) =>
      joinedPolicies([answer.text('ResourcePolicy'), answer.text('DelegatedAdminResourcePolicy')]),
    always: 'ResourceArn',
    none: 'ResourcePolicyNotFoundException',
  },
});
