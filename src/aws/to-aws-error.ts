import { AwsError, type CallSite, type Reason } from './error.ts';
import { reasonOfCode, reasonOfStatus } from './error-codes.ts';
import { scrub } from './scrub.ts';

const longestCode = 100;

/** What SDK, undici and Node put on the things that they throw. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | null;
}

/**
 * The one way from anything thrown to AwsError.
 * @param secrets known to the caller, never to be repeated
 */
export function toAwsError(thrown: unknown, site: CallSite, secrets: readonly string[] = []): AwsError {
  if (thrown instanceof AwsError) return thrown;
  const read = readThrown(thrown);
  const detail = scrub(read.message, secrets);

  if (read.name === 'AbortError') return new AwsError('cancelled', 'cancelled', site);
  if (isUnreadable(read)) {
    const reason = (read.status === null ? null : serverReason(read.status)) ?? 'malformed_answer';
    const status = read.status === null ? '' : `HTTP ${read.status}, `;
    return new AwsError(reason, 'unreadable_answer', site, `${status}${detail}`);
  }
  const reason =
    reasonOfMessage(read.message) ??
    reasonOfCode(read.code) ??
    (read.status === null ? null : reasonOfStatus(read.status)) ??
    'malformed_answer';
  return new AwsError(atSite(reason, site), read.code, site, detail);
}

/** An answer that the SDK could not decode: HTML, a cut body, a value of another type, an error without a code. */
function isUnreadable({ name }: Thrown): boolean {
  return /^(?:SyntaxError|TypeError|RangeError|Error|UnknownError|Unknown|UnknownException)$/.test(name);
}

/**
 * A proxy's or load balancer's own page (429, 502, 503, 504) still has a status that tells more than its body. A
 * plain 500 that is not in AWS's form comes from something else.
 */
function serverReason(status: number): Reason | null {
  return status === 429 || status > 500 ? reasonOfStatus(status) : null;
}

/** A clock that is off comes as a refused signature; only the sentence says which of the two it is. */
function reasonOfMessage(message: string): Reason | null {
  return /signature not yet current|signature expired|time.*skew/i.test(message) ? 'clock_skew' : null;
}

function atSite(reason: Reason, site: CallSite): Reason {
  return reason === 'access_denied' && site.operation === 'sts:AssumeRole' ? 'assume_role_denied' : reason;
}

function readThrown(thrown: unknown): Thrown {
  if (!(thrown instanceof Error))
    return { name: 'Error', message: String(thrown), code: 'Error', status: null };
  return { name: nameOf(thrown), message: thrown.message, code: codeOf(thrown), status: statusOf(thrown) };
}

/** Errors of the network carry a code; they are never unreadable answers, whatever their name. */
function nameOf(error: Error): string {
  return networkCode(error) === null ? error.name : 'NetworkError';
}

/** AWS's codes are single words; what stands in for AWS may write anything there, and it goes into logs and rows. */
function codeOf(error: Error): string {
  const written = (networkCode(error) ?? error.name).replace(/^.*#/s, '');
  return written.replaceAll(/[^\w.:-]+/g, '_').slice(0, longestCode);
}

function networkCode(error: Error): string | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null && reasonOfCode(code) !== null) return code;
  return error.cause instanceof Error ? networkCode(error.cause) : null;
}

function statusOf(error: Error): number | null {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return null;
  const metadata = error.$metadata;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : null;
}
