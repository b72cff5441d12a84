import { parseArn } from '../../aws/arn.ts';
import type { ResourceContext } from '../access/admission.ts';
import { letInByList } from './let-in-by-list.ts';
import type { LetInByEntry } from './let-in-by-organization.ts';
import type { ResourceFacts } from './resource-facts.ts';

/** Whom lists let in that stand beside a resource's own policy or list: those of AWS RAM, and of its replicas. */
export const listsBeside = (facts: ResourceFacts, context: ResourceContext): readonly LetInByEntry[] => [
  letInByRam(facts, context),
  letInByReplicas(facts, context),
];

const nobody: LetInByEntry = { admissions: [], others: null };
const notRead = (others: string): LetInByEntry => ({ admissions: [], others });

function letInByRam(facts: ResourceFacts, context: ResourceContext): LetInByEntry {
  const { ram } = facts;
  if (ram === undefined || ram.state === 'not_applicable') return nobody;
  if (ram.state !== 'known') return notRead('whom AWS RAM lets in was not read');
  const isOrganization = (id: string) => parseArn(id)?.service === 'organizations';
  const list = {
    by: 'accounts',
    accountIds: ram.value.filter((id) => !isOrganization(id)),
    organizationArns: ram.value.filter(isOrganization),
    everybody: false,
  } as const;
  return letInByList(list, facts, context);
}

function letInByReplicas(facts: ResourceFacts, context: ResourceContext): LetInByEntry {
  const { replicas } = facts;
  if (replicas === undefined) return nobody;
  if (replicas.state !== 'known') return notRead('which other accounts have a replica of it was not read');
  const { accountIds, others } = replicas.value;
  const byList = letInByList({ by: 'accounts', accountIds, everybody: false }, facts, context);
  return { ...byList, others: others ?? byList.others };
}
