import type { SimOrganization } from '../../lab/aws/model.ts';
import type { Row } from '../e2e/rows.ts';
import type { Seen } from './harness.ts';

/** Half an answer and a reset: whether the client meets the reset or the end first is chance. */
const sameCode = (code: string) => (code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : code);

type FailedOperations = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `kms:ListKeys AccessDeniedException × 1`, sorted. */
export function failuresOf(row: Row): string[] {
  return Object.entries((row.failed_operations ?? {}) as FailedOperations)
    .flatMap(([operation, codes]) =>
      Object.entries(codes).map(([code, count]) => `${operation} ${sameCode(code)} × ${count}`),
    )
    .sort();
}

/** `<account> <region> <table>: <status> <reason>, <failure>, …` for every line of coverage that is not `complete`. */
export function coverageLines(seen: Seen, within: SimOrganization): string[] {
  return (seen.rows.coverage ?? [])
    .filter(({ status }) => status !== 'complete')
    .map((row) => {
      const { account_id, region, table_name, status, reason } = row;
      const account = within.accounts.get(String(account_id))?.name ?? account_id;
      const table = String(table_name).replace('aws_encryption_', '');
      return [`${account} ${region} ${table}: ${status} ${reason}`, ...failuresOf(row)].join(', ');
    })
    .sort();
}

/** What each error message and error line must say by coverage: `<table> <account> <operation> <code> × <count>`. */
export function failuresByCoverage(seen: Seen): string[] {
  return (seen.rows.coverage ?? [])
    .flatMap((row) => {
      const table =
        row.table_name === '*' ? 'coverage' : String(row.table_name).replace('aws_encryption_', '');
      return failuresOf(row).map((failure) => `${table} ${row.account_id} ${failure}`);
    })
    .sort();
}

const sentence =
  /^(?:aws_encryption_(\w+): )?([\w-]+:?\w*) failed with (\S+) \(account (\d+|of the credentials), [\w-]+\)(?:.*\((\d+) times; this is the first\))?/s;

/** The same, as error texts say it. A text in another form is given back whole. */
export function failuresByText(texts: readonly string[]): string[] {
  return texts
    .map((text) => {
      const [, table = 'coverage', operation, code, account, count = '1'] = sentence.exec(text) ?? [];
      if (operation === undefined || code === undefined) return text;
      return `${table} ${account} ${operation} ${sameCode(code)} × ${count}`;
    })
    .sort();
}

/** `kms:ListGrants AccessDeniedException; …` */
export function errorsLine(errors: unknown): string {
  return Object.entries((errors ?? {}) as Record<string, { code: string }>)
    .map(([operation, { code }]) => `${operation} ${sameCode(code)}`)
    .sort()
    .join('; ');
}
