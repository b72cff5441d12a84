/** What random worlds have to have, each with the least share of all that it must have. */
export type Features = Readonly<Record<string, { readonly least: number; readonly has: RegExp }>>;

export const ofDocuments: Features = {
  'service principals': { least: 0.15, has: /"Service":|"GranteeServicePrincipal":|"AWS Internal"/ },
  NotPrincipal: { least: 0.1, has: /"NotPrincipal":/ },
  'grants with constraints': { least: 0.2, has: /"Constraints":/ },
  'policies of RAM': { least: 0.1, has: /"ram":\{/ },
  'Deny statements': { least: 0.3, has: /"Effect":"Deny"/ },
  'conditions negated, or void in some calls': {
    least: 0.2,
    has: /"[A-Za-z:]*(Not[A-Z]|NotIp|IfExists|ForAllValues)[A-Za-z:]*":\{|"Null":|"aws:Source(Arn|Account|OrgID)"/,
  },
  'conditions that AWS does not tell': {
    least: 0.05,
    has: /"aws:(PrincipalTag\/team|Source(Vpc|Ip)|MultiFactorAuthPresent)"/,
  },
  'policy variables': { least: 0.02, has: /\$\{/ },
};

/** Of worlds whose buckets leave the decision to access points. */
export const ofAccessPoints: Features = {
  'access points of the own account': { least: 0.3, has: /"account":"100000000001"/ },
  'access points of another account': { least: 0.3, has: /"account":"(?!100000000001)/ },
  'access points that were not read': { least: 0.08, has: /"account":"999900001111".*"read":\[(?!.*9999)/ },
  'in a VPC': { least: 0.1, has: /"origin":"VPC"/ },
  'with a public policy': { least: 0.15, has: /"isPublic":true/ },
  'conditions on ARNs': { least: 0.3, has: /"s3:DataAccessPointArn"/ },
  'conditions on accounts': { least: 0.4, has: /"s3:DataAccessPointAccount"/ },
  'conditions on networks': { least: 0.08, has: /"s3:AccessPointNetworkOrigin"/ },
  'Deny statements': { least: 0.4, has: /"Effect":"Deny"/ },
};

/** Of worlds whose organization has SCPs and RCPs. */
export const ofControls: Features = {
  SCPs: { least: 0.4, has: /"SERVICE_CONTROL_POLICY"/ },
  RCPs: { least: 0.4, has: /"RESOURCE_CONTROL_POLICY"/ },
  'FullAWSAccess detached': { least: 0.2, has: /"withoutFullAccess":\["/ },
  'allow lists': { least: 0.2, has: /"Effect":"Allow","(Not)?Action":(\[[^\]]*\]|"\*")/ },
  'Deny with NotAction': { least: 0.1, has: /"Effect":"Deny","NotAction"/ },
  'regions denied': { least: 0.1, has: /"aws:RequestedRegion"/ },
  'perimeters that except services': { least: 0.1, has: /"aws:PrincipalOrgID":"[^"]*"\},"Bool(IfExists)?":/ },
  'perimeters that do not': { least: 0.05, has: /"aws:PrincipalOrgID":"[^"]*"\}\}/ },
  'operators that nobody knows': { least: 0.02, has: /"StringResembles"/ },
  'the management account owns or reads': { least: 0.15, has: /"management":"(?!100000000004)/ },
  'service principals': { least: 0.1, has: /"Service":/ },
};

/** Of worlds whose buckets and keys let in by NotPrincipal. */
export const ofNotPrincipal: Features = {
  'accounts alone': { least: 0.08, has: /"Allow","NotPrincipal":\{"AWS":\["(\d+|[^"]*:root)"\]\}/ },
  'roles with their account': {
    least: 0.2,
    has: /"Allow","NotPrincipal":\{"AWS":\["[^"]*:root","[^"]*:role/,
  },
  sessions: { least: 0.02, has: /"Allow","NotPrincipal":[^}]*:sts:/ },
  services: { least: 0.1, has: /"Allow","NotPrincipal":[^}]*"Service"/ },
  'for one account': { least: 0.2, has: /"aws:PrincipalAccount"/ },
  'taken away': { least: 0.2, has: /"Effect":"Deny"/ },
};

/** Of worlds with users and roles. */
export const ofIam: Features = {
  boundaries: { least: 0.5, has: /"boundary":"/ },
  'groups with members': { least: 0.2, has: /"groups":\["/ },
  'service-linked roles': { least: 0.2, has: /"path":"\/aws-service-role/ },
  'roles of Identity Center': { least: 0.2, has: /"path":"\/aws-reserved/ },
  'policy variables': { least: 0.2, has: /\$\{/ },
  'tags of principals': { least: 0.3, has: /aws:PrincipalTag\/team/ },
  'SCPs and RCPs': { least: 0.3, has: /"management":/ },
  NotPrincipal: { least: 0.05, has: /"NotPrincipal":/ },
  'NotAction of keys': { least: 0.2, has: /"NotAction":(\["kms|"kms)/ },
  grants: { least: 0.15, has: /"GranteePrincipal":/ },
  'policies of RAM': { least: 0.1, has: /"ram":\{/ },
  'keys that AWS manages': { least: 0.04, has: /"manager":"AWS"/ },
  'keys that do not hand over to IAM': {
    least: 0.2,
    has: /"policy":\{"Version":"2012-10-17","Statement":\[\{"Effect":"[A-Za-z]*","(Not)?Principal":("|\{"AWS":(?!"arn:aws:iam::100000000001:root))/,
  },
};

/** The share of worlds with each feature. */
export function mixOf(
  worlds: readonly unknown[],
  features: Features,
): readonly { name: string; share: number; least: number }[] {
  const texts = worlds.map((world) => JSON.stringify(world));
  return Object.entries(features).map(([name, { has, least }]) => ({
    name,
    share: texts.filter((text) => has.test(text)).length / texts.length,
    least,
  }));
}
