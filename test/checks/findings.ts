import type { Check, Severity } from '../../src/checks/check.ts';
import type { CheckResult, Finding, Report } from '../../src/checks/model.ts';

/** A check with an id and a severity; what it says of itself is made of them. */
export function checkOf(id: string, severity: Severity, more: Partial<Check> = {}): Check {
  return {
    id,
    severity,
    urgency: 'rest',
    title: `Title of ${id}`,
    why: `Why ${id} matters.`,
    fix: `Change the policy of the thing that ${id} names, then look again.`,
    controls: [],
    needs: ['aws_encryption_keys'],
    optional: null,
    services: [],
    sees: 'account',
    sql: '',
    ...more,
  };
}

/** A violation on a key of an account. */
export function findingOf(
  { id, severity }: Check,
  account: string | null,
  more: Partial<Finding> = {},
): Finding {
  return {
    checkId: id,
    severity,
    accountId: account,
    accountName: null,
    region: 'us-east-1',
    resource: `arn:aws:kms:us-east-1:${account}:key/1`,
    message: `something is wrong with a key of ${account}`,
    status: 'violation',
    principals: [],
    fix: null,
    firstSeen: null,
    ...more,
  };
}

/** What a check found where everything was seen. */
export const resultOf = (
  check: Check,
  findings: readonly Finding[] = [],
  more: Partial<CheckResult> = {},
): CheckResult => ({
  check,
  findings,
  gaps: [],
  notAsked: [],
  waived: [],
  ...more,
});

export const reportOf = (...results: readonly CheckResult[]): Report => ({
  results,
  exceptions: [],
  obstacle: null,
  warnings: [],
});
