import { isOperator } from '../../lab/aws/iam/condition.ts';
import { list, type Policy, type Statement } from '../../lab/aws/iam/policy.ts';
import { written } from './documents.ts';

/**
 * Condition keys whose value, or whose absence, AWS tells of every request: where only they decide, "unknown" is an
 * answer of last resort. Not told: tags of principals and objects, network, second factor, and whether the caller of
 * S3 or SQS comes through yet another service.
 */
const everywhere =
  /^(aws:(principal(orgid|account|arn|orgpaths|isawsservice|type|servicename)|source(account|arn|orgid)|resource(account|orgid))|s3:(x-amz-acl|prefix))$/;
const onKeys =
  /^(aws:viaawsservice|aws:securetransport|kms:(viaservice|calleraccount|encryptioncontext:.*|encryptioncontextkeys))$/;

/** @param resource policies of what the key encrypts. @param parameters keys that the caller of the operation chooses */
export const isTold = (
  keys: readonly Policy[],
  resource: readonly Policy[] = [],
  parameters: readonly string[] = [],
): boolean =>
  [...written(keys).values.keys()].every((key) => everywhere.test(key) || onKeys.test(key)) &&
  [...written(resource).values.keys()].every((key) => everywhere.test(key) && !parameters.includes(key)) &&
  [...keys, ...resource].every(({ Statement }) => Statement.every(isPlain));

/** Of SCPs and RCPs, which are asked on both calls: whether the first comes through another service is not told. */
export const isToldOfControls = (controls: readonly Policy[]): boolean =>
  [...written(controls).values.keys()].every(
    (key) => everywhere.test(key) || /^(aws:requestedregion|kms:(viaservice|calleraccount))$/.test(key),
  ) &&
  controls.every(({ Statement }) =>
    Statement.every(({ Condition = {} }) => Object.keys(Condition).every(isOperator)),
  );

/** A NotPrincipal as AWS asks for it, each principal with its account: of others AWS does not say whom they spare. */
function isPlain({ Effect, NotPrincipal }: Statement): boolean {
  if (NotPrincipal === undefined || NotPrincipal === '*') return true;
  if (Effect === 'Allow') return false;
  const listed = list(NotPrincipal.AWS);
  const accounts = new Set(listed.filter((text) => /^\d+$|:root$/.test(text)).map(accountOf));
  const others = listed.filter((text) => !/^\d+$|:root$/.test(text));
  return (
    others.every((text) => accounts.has(accountOf(text)) && !text.includes(':sts:')) &&
    [...accounts].every((id) => others.some((text) => accountOf(text) === id))
  );
}

const accountOf = (text: string): string => /\d{12}/.exec(text)?.[0] ?? '';
