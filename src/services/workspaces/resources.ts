import { known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { type WorkSpace, workSpaces as workSpacesOf } from './calls.ts';
import { volumeEncryption, workSpaceRules } from './rules.ts';

/** Each with a row for its root volume and one for its user volume: either may be encrypted without the other. */
export const workSpaces: ResourceService = {
  rules: workSpaceRules,

  async *list(access, scope) {
    for await (const page of workSpacesOf(access))
      yield page.flatMap((workSpace) => [
        volume(scope, 'root_volume', workSpace, workSpace.isRootEncrypted),
        volume(scope, 'user_volume', workSpace, workSpace.isUserEncrypted),
      ]);
  },
};

function volume(
  scope: Scope,
  resourceType: keyof typeof workSpaceRules.resourceTypes,
  { id, key }: WorkSpace,
  isEncrypted: boolean | null,
): ReadResource {
  const itself = `arn:${scope.partition}:workspaces:${scope.region}:${scope.accountId}:workspace/${id}`;
  const facts = {
    scope,
    resourceType,
    arn: `${itself}/${resourceType.replace('_', '-')}`,
    encryption: known(volumeEncryption(isEncrypted, key)),
    sharing: notShareable,
  };
  return async () => facts;
}
