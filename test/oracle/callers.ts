import { like } from '../../lab/aws/iam/matching.ts';
import type { Identity } from '../../lab/aws/iam/request.ts';
import type { Written } from './documents.ts';
import { membershipsOf } from './world.ts';

/** The names of roles and users that policies of the mix write, or match by a wildcard. */
export const roleNames = ['app', 'app-prod', 'admin', 'a/deploy'] as const;
export const userNames = ['bob'] as const;
const sessionNames = ['s1'] as const;

/** What no policy of the mix names. */
const other = 'zebra';

/**
 * The identities of an account that the grid asks for, in each membership that the account may have: the root user;
 * a role, a
 * user and a federated user that no policy names; and every role, user and session that some text of the policies may
 * name.
 */
export function identitiesOf(account: string, { texts, values, principals }: Written): readonly Identity[] {
  const patterns = [...texts].flatMap((text) => {
    const [, kind, name] = /^arn:.*?:(role|user|assumed-role)\/(.+)$/.exec(text) ?? [];
    return kind === undefined || name === undefined ? [] : [{ kind, name }];
  });
  const isMeant = (kind: string, name: string): boolean =>
    patterns.some((pattern) => pattern.kind === kind && like(name, pattern.name));
  const roles = [
    other,
    ...roleNames.filter(
      (name) =>
        isMeant('role', name) || isMeant('assumed-role', `${name.slice(name.lastIndexOf('/') + 1)}/s1`),
    ),
  ];
  // A session does not tell its role's path. A role is the only one of its name in the account, whatever its path.
  const isKnown = principals.has(`arn:aws:iam::${account}:role/app`);
  if (!isKnown && isMeant('assumed-role', 'app/s1')) roles.push('elsewhere/app');
  const users = [other, ...userNames.filter((name) => isMeant('user', name))];
  /** The root user needs no more in a NotPrincipal than its account. */
  const roots = [...texts].some((text) => text.endsWith(':root'));
  // Where nothing asks what sort of principal it is, a role stands for the others.
  const sortDecides = values.has('aws:principalarn') || values.has('aws:principaltype') || users.length > 1;
  const organizationDecides = [...values.keys()].some((key) => key.startsWith('aws:principalorg'));
  const sessions = patterns.some(({ kind }) => kind === 'assumed-role') ? [other, ...sessionNames] : [other];
  const memberships = organizationDecides ? membershipsOf(account) : membershipsOf(account).slice(0, 1);
  return memberships.flatMap((membership) => {
    const common = { account, membership };
    return [
      ...roles.flatMap((name) =>
        sessions.map((session) => ({
          ...common,
          kind: 'role' as const,
          arn: `arn:aws:iam::${account}:role/${name}`,
          session: `arn:aws:sts::${account}:assumed-role/${name.slice(name.lastIndexOf('/') + 1)}/${session}`,
        })),
      ),
      ...(sortDecides ? users : []).map((name) => ({
        ...common,
        kind: 'user' as const,
        arn: `arn:aws:iam::${account}:user/${name}`,
        session: null,
      })),
      ...(sortDecides ? [other] : []).map((name) => ({
        ...common,
        kind: 'federated' as const,
        arn: `arn:aws:sts::${account}:federated-user/${name}`,
        session: null,
      })),
      ...(sortDecides || roots ? ['root'] : []).map((name) => ({
        ...common,
        kind: 'root' as const,
        arn: `arn:aws:iam::${account}:${name}`,
        session: null,
      })),
    ];
  });
}
