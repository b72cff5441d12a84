import type { Clause, Source } from '../posture/iam/clauses.ts';
import type { AccountTold, OrganizationPolicyTold, OrganizationTold } from './organization.ts';
import type { Asker, Named, Names } from './question.ts';

/** How policies are called, by what the database tells. */
export function namesIn({ accounts, policies }: OrganizationTold): Names {
  const accountsById = new Map(
    (accounts.state === 'told' ? accounts.value : []).map((each) => [each.id, each]),
  );
  const policiesById = new Map(
    (policies.state === 'told' ? policies.value : []).map((each) => [each.id, each]),
  );
  const targets = [...policiesById.values()].flatMap((policy) =>
    policy.targets.state === 'told' ? policy.targets.value : [],
  );
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const levels = (accountId: string): readonly string[] => {
    const account = accountsById.get(accountId);
    return account?.units ? [...account.units, accountId].map((id) => levelName(id, names, account)) : [];
  };
  return {
    levels,
    of(source, { asker, resource }): Named {
      const { arn, viewpoint } = resource.context;
      switch (source.kind) {
        case 'identity':
          return ofIdentity(source, asker);
        case 'boundary':
          return { policy: source.id, attachedTo: `the boundary of ${asker.judged.identity.arn}` };
        case 'scp':
        case 'rcp': {
          const accountId = source.kind === 'scp' ? asker.judged.accountId : viewpoint.ownAccountId;
          const policy = policiesById.get(source.id);
          return ofOrganization(source, policy, accountsById.get(accountId), names);
        }
        case 'grant':
          return { policy: `grant ${source.id}`, attachedTo: arn };
        default:
          return { policy: wordsOf[source.kind] ?? source.id, attachedTo: arn };
      }
    },
  };
}

const wordsOf: Partial<Readonly<Record<Source['kind'], string>>> = {
  key_policy: 'key policy',
  ram: 'key policy AWS_RAM',
  resource_policy: 'resource policy',
};

function ofIdentity({ id, document }: Clause['source'], { judged, own }: Asker): Named {
  // Policies of several groups may have one name.
  const policy = own.policySet?.policies.find(
    (each) => (each.arn ?? each.name) === id && (document === undefined || each.document === document),
  );
  const holder = policy?.group ? `group ${policy.group}` : judged.identity.arn;
  return { policy: policy?.arn === null ? `inline policy ${id}` : id, attachedTo: holder };
}

function ofOrganization(
  { id }: Source,
  policy: OrganizationPolicyTold | undefined,
  account: AccountTold | undefined,
  names: ReadonlyMap<string, string | null>,
): Named {
  if (policy === undefined) return { policy: id === '*' ? null : id, attachedTo: null };
  const levels = account?.units ? [...account.units, account.id] : [];
  const targets = policy.targets.state === 'told' ? policy.targets.value : [];
  const [at] = levels.filter((level) => targets.some((target) => target.id === level));
  return {
    policy: policy.name === null ? id : `${policy.name} (${id})`,
    attachedTo: at === undefined ? null : levelName(at, names, account),
  };
}

/** `root r-abcd`, `unit workloads (ou-…)`, `account data (111122223333)` */
function levelName(
  id: string,
  names: ReadonlyMap<string, string | null>,
  account: AccountTold | undefined,
): string {
  const kind = id.startsWith('r-') ? 'root' : id.startsWith('ou-') ? 'unit' : 'account';
  const name = kind === 'account' ? account?.name : names.get(id);
  return name && kind !== 'root' ? `${kind} ${name} (${id})` : `${kind} ${id}`;
}
