import type { Certainty } from '../../src/posture/access/certainty.ts';
import type { Sharing } from '../../src/posture/access/sharing.ts';
import type { Trust } from '../../src/posture/access/trust.ts';
import type { CrossAccountUse } from '../../src/posture/cross-account/use.ts';
import type { Access } from '../../src/posture/policy/grammar.ts';
import type { KeyLoss } from '../../src/services/key-loss.ts';
import type { CoverageReason } from '../../src/sync/coverage-reason.ts';
import { code, markdownTable } from './markdown.ts';

/* The words of the tables that docs/glossary.md explains. A word without a meaning does not compile. */

type Meanings<Word extends string> = Readonly<Record<Word, string>>;

const sharing: Meanings<Sharing> = {
  not_visible: 'An AWS owned key: no API shows its policy',
  not_shareable: 'An AWS managed key: its policy lets in its own account only, and cannot be changed',
  not_shared: 'Nobody beyond the own account and AWS services is let in',
  organization: 'Accounts of the same organization, or the organization as a whole',
  other_account: 'Another account, of which it is not known whether it is in the organization',
  external: 'An account outside the organization',
  public: 'Anyone, in any account',
  unknown: 'Nothing is proven, and not all is known',
};

const trust: Meanings<Trust> = {
  same_account: "The owner's own account",
  service: 'A service of AWS, by its service principal or by an account of AWS',
  organization: 'Another account of the same organization',
  other_account: 'Another account, of which that is not known',
  external: 'An account outside the organization',
  anyone: 'Anyone, in any account',
};

const certainty: Meanings<Certainty> = {
  unconditional: 'Let in whatever else the request is, as far as this document goes',
  conditional: 'Let in under conditions that are not decided here, or that are not understood',
  denied: 'Not let in: a Deny, or a row that lets nobody in',
};

const access: Meanings<Access> = {
  use: 'Of a key: encrypt, decrypt, sign, …',
  grant: 'Of a key: pass access on, by grants',
  administer: 'Change, disable or delete it, or change its policy',
  read_metadata: 'See what it is and who may use it',
  read: 'Of data: read it',
  write: 'Of data: write, change or delete it',
  list: 'Of data: see what there is',
};

const verdicts: Meanings<CrossAccountUse> = {
  not_shared: 'Nobody of another account is let in',
  no_kms_barrier: 'Whoever is let in can: there is no KMS key in the way that could keep anybody out',
  possible: 'Resource and key both let in; IAM there still decides, unless `iam_evaluated` is true',
  partly_blocked: 'Some are locked out, and of others that is not so, or not known',
  blocked_by_public_access_block:
    'Locked out by Block Public Access: the policy is public, so it keeps out others',
  blocked_by_aws_managed_key: 'Locked out by an AWS managed key',
  blocked_by_key_state: 'Locked out: the key is disabled, pending deletion, or cannot serve this resource',
  blocked_by_key_policy: "Locked out: neither the key's policy nor a grant lets them in",
  blocked_by_organization_policy: 'Locked out by a service or resource control policy',
  blocked_by_iam: 'Locked out: IAM there was read, and gives nobody what it takes',
  unknown: 'Neither is proven; `explanation` says what is missing',
};

const losses: Meanings<KeyLoss> = {
  at_once: 'Its data cannot be used from then on',
  within_hours: 'When what the service keeps of the key is used up',
  at_next_attach: 'What is in use goes on, and nothing can be opened anew',
  until_it_fails: 'What is in use goes on until its hardware fails, or it is to be changed',
  new_data_only: 'What is stored stays readable, and nothing new can be written',
  not_known: 'AWS does not say',
};

const reasons: Meanings<CoverageReason> = {
  access_denied: 'The role lacks an IAM permission, or the key policy keeps it out',
  denied_by_organization_policy: 'A service or resource control policy denies the read: IAM does not help',
  assume_role_denied: 'The member role is not there, or does not trust the caller',
  credentials_unusable: 'The credentials or the profile do not work, or have expired',
  region_disabled: 'The region is not enabled in the account',
  account_inactive: 'AWS does not serve the account: suspended, closed, or not signed up for the service',
  account_suspended: 'Not entered: the organization says that it is suspended',
  account_closed: 'Not entered: it is closed',
  account_pending_activation: 'Not entered: it is not yet active',
  account_left: 'It has left the organization; its older rows are kept (`deletion: generation`)',
  not_selected: 'The spec leaves it out',
  organization_not_in_use: 'The account is in no organization',
  throttled: 'AWS throttled it until the tries were used up',
  timeout: 'No answer in time',
  connection: 'No connection, or no such host: the region may not have the service',
  service_error: 'AWS failed, until the tries were used up',
  malformed_answer: 'What came back is not what AWS answers, or a listing without an end',
  not_found: 'What was asked for is not there',
  invalid_state: 'In a state in which AWS refuses the read',
  unsupported: 'AWS does not support the read for it',
  clock_skew: "This machine's clock is too far off",
  invalid_request: 'AWS took the request for malformed: a bug',
  plugin_error: 'A bug of the plugin',
  cancelled: 'The sync was stopped',
};

const table = (meanings: Meanings<string>): string =>
  markdownTable(
    ['Word', 'It says'],
    Object.entries(meanings).map(([word, meaning]) => [code(word), meaning]),
  );

/** By the names of the blocks of docs/glossary.md. */
export const glossaryBlocks: Readonly<Record<string, () => string>> = {
  'sharing words': () => table(sharing),
  'trust words': () => table(trust),
  'certainty words': () => table(certainty),
  'access words': () => table(access),
  'verdict words': () => table(verdicts),
  'loss words': () => table(losses),
  'coverage reasons': () => table(reasons),
};
