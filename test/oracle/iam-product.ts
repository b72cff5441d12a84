import { type Attached, arnOf, type IamAccount, type IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import { known } from '../../src/aws/fact.ts';
import { accessToKey } from '../../src/posture/access/key-access.ts';
import { kms } from '../../src/posture/access/kms.ts';
import { type AccountIam, AccountIamBuilder } from '../../src/posture/iam/account-iam.ts';
import { keyPolicies } from '../../src/posture/iam/key-policies.ts';
import { accountsLetIn, type PrincipalsAlike, Rights } from '../../src/posture/iam/rights.ts';
import { SharedPolicies } from '../../src/posture/iam/shared-policies.ts';
import { actionsOf } from '../../src/posture/policy/action.ts';
import type { IamProduct, PairAnswer } from './compare-iam.ts';
import { type IamWorld, pairName } from './iam-world.ts';
import { keyFacts, knowledge, policiesOf } from './product.ts';

/** The product, told of a world as AWS tells of it. */
export const iamProduct: IamProduct = {
  who(world) {
    const shared = new SharedPolicies();
    const accounts = new Map(world.accounts.map((account) => [account.id, iamOf(account, shared)]));
    const rights = new Rights();
    return new Map(world.keys.flatMap((key) => answersAbout(key, world, accounts, rights)));
  },
};

function answersAbout(
  { key, tags }: IamWorld['keys'][number],
  { controls }: IamWorld,
  accounts: ReadonlyMap<string, AccountIam>,
  rights: Rights,
): readonly (readonly [string, PairAnswer])[] {
  const facts = { ...keyFacts(key), tags: known(tags) };
  const organization = controls === null ? knowledge : { ...knowledge, policies: policiesOf(controls) };
  const policies = keyPolicies(facts, organization);
  if (policies === null) throw new Error('the key policy was given');
  const named = accountsLetIn(accessToKey(facts, organization), policies);
  const letIn = named ?? [...accounts.keys()];
  return letIn.flatMap((id) =>
    rights
      .of(id, accounts.get(id) ?? null, policies, accounts.has(id))
      .flatMap((alike) => arnsOf(alike).map((arn) => [pairName(arn, key.arn), answerOf(alike)] as const)),
  );
}

const arnsOf = ({ accountId, principals }: PrincipalsAlike): readonly string[] =>
  principals === 'root' ? [`arn:aws:iam::${accountId}:root`] : principals.map(({ arn }) => arn);

function answerOf({ verdict: { sure, most } }: PrincipalsAlike): PairAnswer {
  const catalog = actionsOf(kms);
  return { sure: catalog.list(sure), maybe: catalog.list(most & ~sure) };
}

export function iamOf(account: IamAccount, shared: SharedPolicies): AccountIam {
  const builder = new AccountIamBuilder(account.id, shared);
  const { principals, groups, managed } = account;
  builder.add({
    users: principals
      .filter(({ kind }) => kind === 'user')
      .map((user) => ({ ...detailOf(account, user), groups: user.groups })),
    roles: principals
      .filter(({ kind }) => kind === 'role')
      .map((role) => ({ ...detailOf(account, role), trustPolicy: withoutSessionTags, lastUsedAt: null })),
    groups: Object.entries(groups).map(([name, held]) => ({
      arn: `arn:aws:iam::${account.id}:group/${name}`,
      name,
      ...heldBy(held),
    })),
    policies: Object.entries(managed).map(([arn, document]) => ({
      arn,
      name: nameIn(arn),
      text: JSON.stringify(document),
    })),
  });
  return builder.end();
}

/** Sessions with tags of their own are beyond the evaluator. */
const withoutSessionTags = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const detailOf = (account: IamAccount, principal: IamPrincipal) => ({
  arn: arnOf(account, principal),
  name: principal.name,
  path: principal.path,
  id: principal.id,
  createdAt: null,
  tags: principal.tags,
  boundaryArn: principal.boundary,
  ...heldBy(principal),
});

const heldBy = ({ inline, attached }: Attached) => ({
  inline: inline.map((document, index) => ({ name: `inline-${index}`, text: JSON.stringify(document) })),
  attached: attached.map((arn) => ({ arn, name: nameIn(arn) })),
});

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
