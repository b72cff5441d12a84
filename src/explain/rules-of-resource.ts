import type { ResourceRules } from '../posture/resource/rules.ts';
import { sorts } from '../services/catalogue.ts';
import { dynamoDbStreamRules } from '../services/dynamodb/rules.ts';
import { passwordRules, roleRules } from '../services/glue/rules.ts';
import type { OtherTold } from './facts.ts';
import { ExplainError } from './rows.ts';

type Row = Pick<OtherTold, 'arn' | 'service' | 'resourceType' | 'keyCheckedAgainst' | 'explanation'>;

/** The rules that a resource's row was made by. @throws ExplainError where no policies decide on reading it */
export function rulesOf(row: Row): ResourceRules {
  const { arn, service, resourceType, explanation } = row;
  const rules = sortOf(row);
  // A grant of access is no place for a chain: its instance's policy and a role decide.
  const isPlace = rules?.keyOfAnother === undefined;
  if (isPlace && rules?.operations.some(({ access, actions }) => access === 'read' && actions !== null))
    return rules;
  throw new ExplainError(
    `Reading ${arn} is not decided by a policy of its own (${service} ${resourceType}), so there is no chain to explain; its row says: ${explanation ?? 'nothing'}.`,
  );
}

/** By its sort, but for what has rules of its own. */
function sortOf({ service, resourceType, keyCheckedAgainst }: Row): ResourceRules | undefined {
  if (service === 'dynamodb' && resourceType === 'stream') return dynamoDbStreamRules;
  if (service === 'glue' && resourceType === 'connection_passwords') return passwordRules;
  if (service === 'glue' && keyCheckedAgainst === roleRules.checkedAgainst) return roleRules;
  return sorts.find((each) => each.service === service && resourceType in each.resourceTypes);
}
