import type { Context } from '../../lab/aws/iam/request.ts';
import { substitute } from '../../lab/aws/iam/variables.ts';
import type { Written } from './documents.ts';

/**
 * The grid: which values a condition key takes that nobody but the caller decides. "Allowed in some context" means:
 * for some point of it. Only keys that a document names are in it; each is tried absent, with each value written
 * (wildcards filled with nothing and with `x`, variables with what they stand for), and with a value that is not
 * written. All combinations are tried.
 *
 * Not in the grid is what AWS itself puts into a request: the account, organization, unit, ARN and type of the caller
 * (the callers are a grid of their own: `identitiesOf`), `kms:CallerAccount`, the source keys (services only), the
 * resource's account; and, where a service calls KMS, `kms:ViaService` and the encryption context that it sends. Keys
 * that the call never carries stay absent.
 */
export type Point = ReadonlyMap<string, readonly string[]>;

/** Carried by every call of the same session. */
const ofSession = /^aws:(principaltag\/.*|multifactorauthpresent|federatedprovider|sourceidentity)$/;
/** Told by the connection of the first call. */
const ofNetwork = /^aws:(sourceip|sourcevpc|sourcevpce|useragent)$/;

export const isOfSession = (key: string): boolean => ofSession.test(key);
export const isOfNetwork = (key: string): boolean => ofNetwork.test(key);

/** Keys of the caller's choice in every sort of call. */
export const isOfCaller = (key: string): boolean => ofSession.test(key) || ofNetwork.test(key);

const addresses = ['203.0.113.9', '198.51.100.9'];
const flags: Readonly<Record<string, readonly string[]>> = {
  'aws:multifactorauthpresent': ['true', 'false'],
  'aws:securetransport': ['true', 'false'],
  'aws:viaawsservice': ['true', 'false'],
};

function candidates(key: string, wanted: readonly string[], context: Context): readonly (string | null)[] {
  const given = flags[key] ?? (key === 'aws:sourceip' ? addresses : null);
  if (given !== null) return [null, ...given];
  const texts = wanted.flatMap((text) => {
    const plain = substitute(text, context, '2012-10-17');
    if (plain === null) return [];
    // In an encryption context a wildcard can be what it is.
    const itself = key.startsWith('kms:encryptioncontext:') ? [plain] : [];
    return [...itself, plain.replaceAll('*', '').replaceAll('?', 'x'), plain.replace(/[*?]/g, 'x')];
  });
  return [null, 'not-written', ...new Set(texts)];
}

/** A grid of more points is cut: the world is drawn again. */
export class GridTooLarge extends Error {}
const most = 1500;

/** All points over those of the written keys that `isFree` accepts, besides other keys with their values. */
export function points(
  { values }: Written,
  isFree: (key: string) => boolean,
  context: Context,
  besides: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly Point[] {
  const keys = new Map<string, readonly (string | null)[]>();
  for (const [key, wanted] of values) if (isFree(key)) keys.set(key, candidates(key, wanted, context));
  for (const [key, wanted] of besides) keys.set(key, candidates(key, wanted, context));
  let all: Map<string, readonly string[]>[] = [new Map()];
  for (const [key, choices] of keys) {
    if (all.length * choices.length > most) throw new GridTooLarge(`${key} makes too many points`);
    all = all.flatMap((point) =>
      choices.map((choice) => (choice === null ? point : new Map([...point, [key, [choice]]]))),
    );
  }
  return all;
}
