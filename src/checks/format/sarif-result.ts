import { createHash } from 'node:crypto';
import { visible } from '../../visible.ts';
import type { Severity } from '../check.ts';
import type { Finding } from '../model.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { withFix } from './markdown.ts';
import type { ResultGroup } from './result-groups.ts';

/** SARIF's level, and the number that GitHub code scanning ranks by. */
export const ranks: Readonly<
  Record<Severity, { readonly level: 'error' | 'warning' | 'note'; readonly rank: string }>
> = {
  critical: { level: 'error', rank: '9.5' },
  high: { level: 'error', rank: '8.0' },
  medium: { level: 'warning', rank: '5.5' },
  low: { level: 'note', rank: '2.0' },
};

/** A finding, or findings that are told together, as a SARIF result. */
export function sarifResult({ result, findings, waiver }: ResultGroup, ruleIndex: number) {
  const [first] = findings;
  if (first === undefined) return [];
  const written =
    findings.length === 1 ? alone(first, ruleIndex) : together(result.check.id, first, findings, ruleIndex);
  return [{ ...written, ...(waiver !== null && suppressedBy(waiver)) }];
}

/** Code scanning takes what is suppressed for closed. */
const suppressedBy = ({ reason, owner, expires }: Waiver) => ({
  suppressions: [
    { kind: 'external', status: 'accepted', justification: visible(reason), properties: { owner, expires } },
  ],
});

function alone(finding: Finding, ruleIndex: number) {
  const { accountId, region, resource, message } = finding;
  const place = [accountId ?? 'all-accounts', region ?? 'global'];
  return {
    ...head(finding, ruleIndex, message),
    locations: [
      {
        ...fileOf(place),
        ...(resource !== null && {
          logicalLocations: [{ fullyQualifiedName: visible(resource), kind: 'resource' }],
        }),
      },
    ],
    partialFingerprints: fingerprint([finding.checkId, ...place, resource]),
    ...propertiesOf(finding),
  };
}

/** What SARIF has no place for. */
function propertiesOf({ fix, firstSeen }: Finding) {
  const properties = { ...(fix !== null && { fix }), ...(firstSeen !== null && { firstSeen }) };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

/** Resources that the message of a group names; its properties have all. */
const named = 3;

function together(checkId: string, first: Finding, findings: readonly Finding[], ruleIndex: number) {
  const resources = findings.flatMap(({ resource }) => (resource === null ? [] : [resource]));
  const accounts = new Set(findings.map(({ accountId }) => accountId));
  const account = accounts.size === 1 ? first.accountId : null;
  const where = account === null ? `${accounts.size} accounts` : `account ${account}`;
  const examples = resources.slice(0, named).join(', ');
  const option = account === null ? '' : ` --account ${account}`;
  const message = `${findings.length} findings of ${where} in one, since there are more than code scanning shows: ${examples}${resources.length > named ? ', …' : ''} (check --check ${checkId}${option} shows each)`;
  return {
    ...head({ ...first, fix: null }, ruleIndex, message),
    locations: [fileOf([account ?? 'all-accounts', 'all-regions'])],
    partialFingerprints: fingerprint([checkId, account, first.status, 'together']),
    properties: { count: findings.length, resources: resources.map(visible) },
  };
}

const head = ({ checkId, severity, status, fix }: Finding, ruleIndex: number, message: string) => ({
  ruleId: checkId,
  ruleIndex,
  ...(status === 'violation'
    ? { kind: 'fail', level: ranks[severity].level }
    : { kind: 'review', level: 'none' }),
  message: { ...sarifText(message), ...(fix !== null && { markdown: withFix(message, fix) }) },
});

/** Code scanning shows no result without a file: account and region stand for it. */
const fileOf = (place: readonly string[]) => ({
  physicalLocation: { artifactLocation: { uri: ['aws', ...place].map(encodeURIComponent).join('/') } },
});

const fingerprint = (parts: readonly (string | null)[]) => ({
  'checkAndResource/v1': createHash('sha256').update(parts.join('\0')).digest('hex'),
});

/** A plain text message, in which brackets would make links. */
export const sarifText = (message: string) => ({ text: visible(message).replaceAll(/[\\[\]]/g, '\\$&') });
