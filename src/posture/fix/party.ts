import type { Admission, ResourceContext } from '../access/admission.ts';
import { fixedAccount } from '../access/admission.ts';
import { serviceNames } from '../access/service-names.ts';
import { accountsOf, organizationsLimiting } from '../access/trust.ts';
import type { ExternalEntity } from '../cross-account/external-entities.ts';
import { ANY_TEXT, conjuncts, isLiteral, written } from '../policy/pattern.ts';
import type { ValueSet } from '../policy/value-set.ts';

type Line = readonly [operator: string, key: string, values: readonly string[]];

/** Whom a policy of a key names so that it lets in those whom the resource lets in, and nobody of another party. */
export interface Who {
  readonly kind: 'AWS' | 'Service';
  readonly principal: string;
  /** Lines of the Condition block that narrow the principal to them. */
  readonly lines: readonly Line[];
}

/** A phrase on why no statement can name them: it ends a sentence. */
export type Unnamed = string;

/**
 * Those whom an admission to a resource lets in, as far as they are of a party; null: nobody of them can use a key at
 * all, since nobody signs.
 */
export function whoOf(
  admission: Admission,
  entity: ExternalEntity,
  context: ResourceContext,
): Who | Unnamed | null {
  if (admission.through !== undefined || entity.kind === 'access_point')
    return 'whom policies of access points let in is for these to say';
  if (admission.principal.type === 'pseudo_account')
    return 'it is an identity of CloudFront that no key policy can name, and origin access control takes its place';
  if (entity.kind === 'anyone')
    return 'the key would be open to every AWS account, so name the accounts or the organization in the resource policy first';
  if (entity.kind === 'canonical_user' || entity.kind === 'unique_id')
    return 'AWS does not say of which account it is, so name the principal by its ARN in the resource policy first';
  if (admission.caller === 'anonymous') return null;
  return admission.caller === 'service'
    ? serviceOf(admission, entity)
    : identityOf(admission, entity, context);
}

function identityOf(
  { arns, principal, session }: Admission,
  entity: ExternalEntity,
  { partition }: ResourceContext,
): Who | Unnamed {
  if (entity.kind === 'organization')
    return {
      kind: 'AWS',
      principal: '*',
      lines: [['StringEquals', 'aws:PrincipalOrgID', [entity.id]], ...arnLines('aws:PrincipalArn', arns)],
    };
  if (entity.kind !== 'account') return 'it is an account of AWS that calls as no service';
  const isOne = principal.accountId === entity.id && !/[*?]/.test(principal.text);
  if (isOne && session !== null) return { kind: 'AWS', principal: principal.text, lines: [] };
  const [only = '', ...more] = arns.only ?? [];
  if (isOne && more.length === 0 && only === principal.arn && principal.type !== 'federated')
    return { kind: 'AWS', principal: principal.text, lines: [] };
  const root = `arn:${partition}:iam::${entity.id}:root`;
  return { kind: 'AWS', principal: root, lines: arnLines('aws:PrincipalArn', arns) };
}

/** A service, for the sources that the resource lets it in for. */
function serviceOf(admission: Admission, entity: ExternalEntity): Who | Unnamed {
  const names = entity.kind === 'service' ? [entity.id] : (serviceNames(admission)?.map(written) ?? []);
  const [name = '', ...more] = names;
  if (more.length > 0 || !/^[a-z0-9.-]+$/.test(name))
    return 'the resource policy names no single service, so name it there first';
  const { arns } = admission;
  const byArn = arnLines('aws:SourceArn', arns);
  const accounts = accountsOf(admission);
  const organizations = organizationsLimiting(admission);
  // An ARN tells its account; whether a service sends that as well, the resource policy does not ask.
  const isTold = byArn.length > 0 && (arns.only ?? []).every((arn) => fixedAccount(arn) !== null);
  const byAccount: readonly Line[] =
    accounts === null || isTold ? [] : [['StringEquals', 'aws:SourceAccount', accounts]];
  const byOrganization: readonly Line[] =
    organizations === null || accounts !== null || isTold
      ? []
      : [['StringEquals', 'aws:SourceOrgID', organizations]];
  return { kind: 'Service', principal: name, lines: [...byArn, ...byAccount, ...byOrganization] };
}

/** No line where any ARN will do, or a policy cannot write which. */
function arnLines(key: string, { only }: ValueSet): readonly Line[] {
  if (only === null || only.length === 0) return [];
  if (!only.every((pattern) => conjuncts(pattern).length === 1 && !written(pattern).includes('$'))) return [];
  const texts = only.map(written);
  if (texts.some((text) => text.includes('(absent)'))) return [];
  // Under ArnLike a wildcard stays within its field.
  const crosses = only.some((pattern) => !isLiteral(pattern) && isInHead(pattern));
  return [[crosses ? 'StringLike' : 'ArnLike', key, texts]];
}

const isInHead = (pattern: string): boolean => pattern.split(':').slice(0, 5).join(':').includes(ANY_TEXT);
