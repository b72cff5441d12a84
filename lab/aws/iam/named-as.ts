import { list, type Policy, type Statement } from './policy.ts';
import { accountOf } from './principal.ts';
import type { Reading } from './readings.ts';
import type { Request } from './request.ts';
import { decide } from './statement.ts';

/** As what an Allow of a resource's policy names the caller: AWS gives each a weight of its own. */
export type NamedAs = 'account' | 'role' | 'user' | 'session' | 'anyone' | 'anyone_by_arn';

/** As what the caller is allowed the request. Denies are aside. */
export function allowedAs(
  policies: readonly Policy[],
  request: Request,
  reading: Reading,
): ReadonlySet<NamedAs> {
  const found = new Set<NamedAs>();
  for (const { Version, Statement } of policies)
    for (const statement of Statement.filter(({ Effect }) => Effect === 'Allow'))
      for (const [as, part] of parts(statement))
        if (decide([{ ...(Version && { Version }), Statement: [part] }], request, reading) === 'allowed')
          found.add(as);
  return found;
}

/** The statement for each of its principals by itself. */
function parts(statement: Statement): readonly (readonly [NamedAs, Statement])[] {
  const { Principal } = statement;
  const anyone = isByArn(statement) ? 'anyone_by_arn' : 'anyone';
  if (Principal === undefined || Principal === '*') return [[anyone, statement]];
  return list(Principal.AWS).map((value) => [
    value === '*' ? anyone : nameOf(value),
    { ...statement, Principal: { AWS: value } },
  ]);
}

function nameOf(value: string): NamedAs {
  if (accountOf(value) !== null) return 'account';
  if (value.includes(':assumed-role/')) return 'session';
  return value.includes(':user/') ? 'user' : 'role';
}

/** Whether the condition grants to ARNs of principals. */
const isByArn = ({ Condition = {} }: Statement): boolean =>
  Object.entries(Condition).some(
    ([operator, keys]) =>
      /Equals|Like/.test(operator) &&
      !operator.includes('Not') &&
      Object.keys(keys).some((key) => key.toLowerCase() === 'aws:principalarn'),
  );
