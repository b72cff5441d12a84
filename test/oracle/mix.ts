/** What random worlds have to have, each with the least share of all that it must have. */
const features: Readonly<Record<string, { readonly least: number; readonly has: RegExp }>> = {
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

/** The share of worlds with each feature. */
export function mixOf(worlds: readonly unknown[]): readonly { name: string; share: number; least: number }[] {
  const texts = worlds.map((world) => JSON.stringify(world));
  return Object.entries(features).map(([name, { has, least }]) => ({
    name,
    share: texts.filter((text) => has.test(text)).length / texts.length,
    least,
  }));
}
