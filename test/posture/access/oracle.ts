/**
 * A second, plain reading of the policy grammar: does a policy let in one concrete request? It knows every value
 * of the request, so it needs none of the sets that the reader works with, and shares no code with it.
 */
export interface Request {
  readonly principal: 'identity' | 'service';
  readonly account: string | null;
  readonly organization: string | null;
  readonly arn: string | null;
  readonly service: string | null;
  readonly action: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface RawStatement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Would the policy alone allow the request? */
export function allows(statements: readonly RawStatement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some((s) => s.Effect === 'Allow') && !applying.some((s) => s.Effect === 'Deny');
}

function applies(statement: RawStatement, request: Request): boolean {
  const named = statement.Principal !== undefined;
  const element = named ? statement.Principal : statement.NotPrincipal;
  return (
    names(element, request) === named &&
    [statement.Action].flat().some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    like(statement.Resource, 'arn:aws:kms:eu-west-1:111122223333:key/k') &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, request.context[key.toLowerCase()], values),
      ),
    )
  );
}

function names(element: unknown, request: Request): boolean {
  if (element === '*') return true;
  return Object.entries(Object(element)).some(([kind, raw]) =>
    [raw].flat().some((text) => {
      if (text === '*') return kind === 'AWS' || request.principal === 'service';
      if (kind === 'Service') return text === request.service;
      return (
        text === request.account || text === `arn:aws:iam::${request.account}:root` || text === request.arn
      );
    }),
  );
}

function holds(operator: string, value: string | undefined, values: readonly string[]): boolean {
  const over = operator.startsWith('ForAllValues:')
    ? 'all'
    : operator.startsWith('ForAnyValue:')
      ? 'any'
      : null;
  const plain = operator.replace(/^For\w+:/, '').replace(/IfExists$/, '');
  if (plain === 'Null') return values.includes(value === undefined ? 'true' : 'false');
  const negated = plain.includes('Not');
  if (value === undefined) {
    if (operator.endsWith('IfExists') || over === 'all') return true;
    return over === null && negated;
  }
  const test = plain.replace('Not', '');
  const matches = values.some((wanted) => {
    if (test === 'StringEquals' || test === 'Bool') return wanted === value;
    if (test === 'StringLike') return like(wanted, value);
    if (test === 'ArnLike') {
      const [a, b] = [wanted.split(':'), value.split(':')];
      const [resourceA, resourceB] = [a.slice(5).join(':'), b.slice(5).join(':')];
      return a.slice(0, 5).every((field, i) => like(field, b[i] ?? '')) && like(resourceA, resourceB);
    }
    throw new Error(`the oracle does not know ${operator}`);
  });
  return matches !== negated;
}

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text);
