import { type ListedPolicy, organizationPolicies, targetsOf } from '../../organization-policies.ts';
import { requiredText } from '../../protocol/input.ts';
import { ApiError, type Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { page } from './page.ts';
import { organizationsArn, policyShape } from './shapes.ts';

/** The types that `Filter` takes (API reference of Organizations, 2026-10). */
const types: ReadonlySet<string> = new Set([
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'SECURITYHUB_POLICY',
  'SECURITYHUB_CSPM_POLICY',
  'INSPECTOR_POLICY',
  'UPGRADE_ROLLOUT_POLICY',
  'BEDROCK_POLICY',
  'S3_POLICY',
  'NETWORK_SECURITY_DIRECTOR_POLICY',
  'GUARDDUTY_POLICY',
]);

/** Policies of one type, also where the type is not enabled: AWS documents no error for that. */
export function listPolicies(call: Call): Output {
  const { organization } = call.world;
  const type = requiredText(call.input, 'Filter');
  if (!types.has(type)) {
    throw new ApiError(400, 'InvalidInputException', 'You specified an invalid value for Filter.');
  }
  const listed = organizationPolicies(organization).filter((policy) => policy.type === type);
  return page(call, 'Policies', listed, (policy) => policyShape(organization, policy));
}

export function describePolicy(call: Call): Output {
  const policy = existingPolicy(call);
  return {
    Policy: { PolicySummary: policyShape(call.world.organization, policy), Content: policy.content },
  };
}

const arnKinds = { ROOT: 'root', ORGANIZATIONAL_UNIT: 'ou', ACCOUNT: 'account' };

export function listTargetsForPolicy(call: Call): Output {
  const { organization } = call.world;
  return page(call, 'Targets', targetsOf(organization, existingPolicy(call)), ({ id, name, type }) => ({
    TargetId: id,
    Arn: organizationsArn(organization, arnKinds[type], id),
    Name: name,
    Type: type,
  }));
}

function existingPolicy(call: Call): ListedPolicy {
  const id = requiredText(call.input, 'PolicyId');
  const policy = organizationPolicies(call.world.organization).find((each) => each.id === id);
  if (policy === undefined) {
    throw new ApiError(400, 'PolicyNotFoundException', "You specified a policy that doesn't exist.");
  }
  return policy;
}
