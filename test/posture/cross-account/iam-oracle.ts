import { compute, data, region, type Statement } from './cast.ts';

/**
 * A second, plain reading of policies: may one role read one object, under one set of values? It knows every value, so
 * it needs none of the sets that the product works with, and shares no code with it.
 */
export interface World {
  readonly roles: readonly WorldRole[];
  readonly bucket: readonly Statement[];
  readonly key: readonly Statement[];
  /** Statements of a service control policy beside full access. */
  readonly scp: readonly Statement[];
}

export interface WorldRole {
  readonly name: string;
  readonly team: string | null;
  readonly says: readonly Statement[];
  /** Null: nothing bounds it. */
  readonly boundary: readonly Statement[] | null;
}

export const bucketArn = 'arn:aws:s3:::lake';
export const keyArn = `arn:aws:kms:${region}:${data}:key/k`;
const objects = ['a/1', 'b/1', 'c/1'].map((name) => `${bucketArn}/${name}`);
const mfas = ['true', 'false', null] as const;

interface Request {
  readonly arn: string;
  readonly action: string;
  readonly resource: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** By all policies: `always`, whatever the values that nobody knows; `never`; or it depends. */
export function answerFor(world: World, role: WorldRole | 'root'): 'always' | 'never' | 'depends' {
  const each = objects.flatMap((object) =>
    ['s3:GetObject', 's3:GetObjectVersion'].map((action) =>
      mfas.map((mfa) => mayRead(world, role, action, object, mfa)),
    ),
  );
  if (each.some((answers) => answers.every((may) => may))) return 'always';
  return each.some((answers) => answers.some((may) => may)) ? 'depends' : 'never';
}

function mayRead(
  world: World,
  role: WorldRole | 'root',
  action: string,
  object: string,
  mfa: string | null,
): boolean {
  const arn = role === 'root' ? `arn:aws:iam::${compute}:root` : `arn:aws:iam::${compute}:role/${role.name}`;
  const values = {
    'aws:principaltag/team': role === 'root' ? null : role.team,
    'aws:multifactorauthpresent': mfa,
  };
  const get: Request = { arn, action, resource: object, values };
  const decrypt: Request = {
    arn,
    action: 'kms:Decrypt',
    resource: keyArn,
    values: {
      ...values,
      'kms:viaservice': `s3.${region}.amazonaws.com`,
      'kms:encryptioncontext:aws:s3:arn': object,
    },
  };
  return allowed(world, role, world.bucket, get) && allowed(world, role, world.key, decrypt);
}

function allowed(
  { scp }: World,
  role: WorldRole | 'root',
  resource: readonly Statement[],
  request: Request,
): boolean {
  if (verdict(resource, request) !== 'Allow') return false;
  if (verdict(scp, request) === 'Deny') return false;
  if (role === 'root') return true;
  if (verdict(role.says, request) !== 'Allow') return false;
  return role.boundary === null || verdict(role.boundary, request) === 'Allow';
}

function verdict(statements: readonly Statement[], request: Request): unknown {
  const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return effects.includes('Deny') ? 'Deny' : effects[0];
}

const applies = ({ Principal, Action, Resource, Condition }: Statement, request: Request): boolean =>
  names(Principal, request.arn) &&
  some(Action, (action) => like(action, request.action)) &&
  some(Resource, (resource) => like(resource, request.resource)) &&
  Object.entries(Object(Condition)).every(([operator, keys]) =>
    Object.entries(Object(keys)).every(([key, wanted]) =>
      holds(operator, String(wanted), request.values[key.toLowerCase()] ?? null),
    ),
  );

const some = (element: unknown, test: (text: string) => boolean): boolean =>
  [element].flat().some((text) => test(String(text)));

/** Policies of principals name none. */
function names(element: unknown, arn: string): boolean {
  if (element === undefined || element === '*') return true;
  return some(Object(element).AWS, (text) => text === arn || text === `arn:aws:iam::${compute}:root`);
}

function holds(operator: string, wanted: string, value: string | null): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return value === wanted;
    case 'StringNotEquals':
      return value !== wanted;
    case 'StringLike':
      return value !== null && like(wanted, value);
    default:
      throw new Error(`the oracle does not know ${operator}`);
  }
}

const like = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`).test(
    text,
  );
