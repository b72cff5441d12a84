import { list, type Policy, type Statement } from '../../lab/aws/iam/policy.ts';

/** What documents write: the grid is made of it. */
export interface Written {
  /** Condition key in lower case → all values that policies compare it with. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** All texts of principals and conditions. */
  readonly texts: ReadonlySet<string>;
  /** Those of principals alone: AWS takes only ARNs of roles and users that exist. */
  readonly principals: ReadonlySet<string>;
}

export function written(policies: readonly Policy[]): Written {
  const all = policies.flatMap(({ Statement }) => Statement.map(writtenIn));
  return all.length === 1 && all[0] !== undefined ? all[0] : together(all);
}

export function together(all: readonly Written[]): Written {
  const values = new Map<string, readonly string[]>();
  for (const one of all)
    for (const [key, wanted] of one.values) {
      const before = values.get(key);
      values.set(key, before === undefined ? wanted : [...before, ...wanted]);
    }
  return {
    values,
    texts: new Set(all.flatMap(({ texts }) => [...texts])),
    principals: new Set(all.flatMap(({ principals }) => [...principals])),
  };
}

const known = new WeakMap<Statement, Written>();

function writtenIn(statement: Statement): Written {
  let found = known.get(statement);
  if (found === undefined) {
    found = read(statement);
    known.set(statement, found);
  }
  return found;
}

const pair = 'kms:encryptioncontext:';

function read({ Principal, NotPrincipal, Condition = {} }: Statement): Written {
  const values = new Map<string, readonly string[]>();
  const add = (key: string, wanted: readonly string[]): void => {
    values.set(key, [...(values.get(key) ?? []), ...wanted]);
  };
  for (const keys of Object.values(Condition))
    for (const [key, wanted] of Object.entries(keys)) {
      add(key.toLowerCase(), list(wanted));
      // Whether a pair is sent decides on the list of their names.
      if (key === 'kms:EncryptionContextKeys')
        for (const name of [...list(wanted), 'not-written']) add(pair + name, []);
    }
  const elements = [Principal, NotPrincipal].flatMap((element) =>
    element === undefined || element === '*' ? [] : Object.values(element).flatMap(list),
  );
  const texts = new Set([...elements, ...[...values.values()].flat()]);
  return { values, texts, principals: new Set(elements) };
}
