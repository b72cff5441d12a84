import type {
  AuthorizationPage,
  GroupDetail,
  InlinePolicy,
  PolicyAttachment,
  RoleDetail,
  UserDetail,
} from '../../services/iam/facts.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { IdentityPolicy, PolicySet, SharedPolicies } from './shared-policies.ts';

/** The users and roles of one account, all of them. The root user is not among them. */
export interface AccountIam {
  readonly accountId: string;
  readonly identities: readonly Identity[];
}

/** A user or role, with what its policies say. */
export interface Identity {
  readonly type: 'user' | 'role';
  /** With the path. */
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  /** `AIDA…`, `AROA…` */
  readonly id: string;
  readonly createdAt: Date | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Those with the same policies and boundary share one. */
  readonly policySet: PolicySet;
  /** Who may assume the role; null: a user. */
  readonly trust: PolicyDocument | null;
  /** An AWS service's own role, whose policies nobody can change. */
  readonly isServiceLinked: boolean;
  /** Made by IAM Identity Center for a permission set. */
  readonly isIdentityCenter: boolean;
  /** Of roles; null: not in the last 400 days, or not told. */
  readonly lastUsedAt: Date | null;
}

/** A user or role whose managed policies and groups may still come. */
interface Pending
  extends Omit<Identity, 'accountId' | 'policySet' | 'isServiceLinked' | 'isIdentityCenter'>,
    Held {
  readonly groups: readonly string[];
  readonly boundaryArn: string | null;
}

/** What a user, group or role has of its own. */
interface Held {
  readonly inline: readonly IdentityPolicy[];
  readonly attached: readonly PolicyAttachment[];
}

/** Puts the IAM of an account together from its pages, whatever the order in which entries come. */
export class AccountIamBuilder {
  readonly #accountId: string;
  readonly #shared: SharedPolicies;
  readonly #pending: Pending[] = [];
  readonly #groups = new Map<string, Held>();
  readonly #managed = new Map<string, PolicyDocument>();

  /** @param shared of all accounts of the sync */
  constructor(accountId: string, shared: SharedPolicies) {
    this.#accountId = accountId;
    this.#shared = shared;
  }

  add({ users, roles, groups, policies }: AuthorizationPage): void {
    for (const user of users) this.#pending.push(this.#user(user));
    for (const role of roles) this.#pending.push(this.#role(role));
    for (const group of groups) this.#groups.set(group.name, this.#held(group, group.name));
    for (const { arn, text } of policies)
      this.#managed.set(arn, this.#shared.document(text, 'of_principals'));
  }

  /** All pages are added: what was named and never came may allow or deny anything. */
  end(): AccountIam {
    return { accountId: this.#accountId, identities: this.#pending.map((each) => this.#whole(each)) };
  }

  #user(user: UserDetail): Pending {
    const { groups } = user;
    return { type: 'user', ...own(user), ...this.#held(user, null), groups, trust: null, lastUsedAt: null };
  }

  #role(role: RoleDetail): Pending {
    const trust = this.#shared.document(role.trustPolicy, 'of_resources');
    const { lastUsedAt } = role;
    return { type: 'role', ...own(role), ...this.#held(role, null), groups: [], trust, lastUsedAt };
  }

  #held({ inline, attached }: Pick<GroupDetail, 'inline' | 'attached'>, group: string | null): Held {
    const read = ({ name, text }: InlinePolicy): IdentityPolicy => {
      return { arn: null, name, group, document: this.#shared.document(text, 'of_principals') };
    };
    return { inline: inline.map(read), attached };
  }

  #whole({ inline, attached, groups, boundaryArn, ...identity }: Pending): Identity {
    const policies = [
      ...attached.map((policy) => this.#managedPolicy(policy, null)),
      ...inline,
      ...groups.flatMap((group) => this.#ofGroup(group)),
    ];
    const boundary =
      boundaryArn === null
        ? null
        : this.#managedPolicy(
            { arn: boundaryArn, name: boundaryArn.slice(boundaryArn.lastIndexOf('/') + 1) },
            null,
          );
    return {
      ...identity,
      accountId: this.#accountId,
      policySet: this.#shared.set(policies, boundary),
      isServiceLinked: identity.path.startsWith('/aws-service-role/'),
      isIdentityCenter: identity.path.startsWith('/aws-reserved/sso.amazonaws.com/'),
    };
  }

  #ofGroup(group: string): readonly IdentityPolicy[] {
    const held = this.#groups.get(group);
    if (held === undefined) {
      const document = this.#shared.unreadable('AWS named the group and told nothing of it');
      return [{ arn: null, name: group, group, document }];
    }
    return [...held.attached.map((policy) => this.#managedPolicy(policy, group)), ...held.inline];
  }

  #managedPolicy({ arn, name }: PolicyAttachment, group: string | null): IdentityPolicy {
    const document =
      this.#managed.get(arn) ?? this.#shared.unreadable('AWS named the policy and told nothing of it');
    return { arn, name, group, document };
  }
}

const own = ({ arn, name, path, id, createdAt, tags, boundaryArn }: UserDetail | RoleDetail) => ({
  arn,
  name,
  path,
  id,
  createdAt,
  tags,
  boundaryArn,
});
