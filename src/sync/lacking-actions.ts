import { denialOf } from '../aws/denial.ts';
import type { AwsError, CallSite } from '../aws/error.ts';
import { permissionsFlag } from '../services/choice.ts';
import { iamAction } from '../services/iam-action.ts';
import type { Operation } from '../services/operations.ts';
import { lastWithout, releasedVersions, wasNeeded } from '../services/releases.ts';
import type { Telling } from './lockouts.ts';

/** Accounts that are named in the line. */
const mostNames = 3;
/** Failures of an operation that are kept, until it is known whether they are told one by one. */
const mostKept = 200;

const oldest = releasedVersions[0] ?? '';
const actionOf = (operation: string): string => iamAction(operation as Operation);

/** Asked once a sync, by one account: told as any failure. */
const isOfOrganization = (operation: string): boolean => operation.startsWith('organizations:');

/** By operation, since every call asks. */
const newOnes = new Map<string, boolean>();
function isNew(operation: string): boolean {
  const known = newOnes.get(operation);
  if (known !== undefined) return known;
  const found = !isOfOrganization(operation) && !wasNeeded(oldest, actionOf(operation));
  newOnes.set(operation, found);
  return found;
}

/** What became of an operation wherever some roles asked it. */
class Asked {
  isAnswered = false;
  readonly deniedIn = new Set<string>();
  readonly kept: Telling[] = [];
  notKept = 0;
}

/**
 * Actions that an earlier version of the plugin did not need, and that roles were denied wherever they asked: they were
 * made for that version. One line tells of all of them, in place of an error for each region.
 */
export class LackingActions {
  /**
   * The account whose credentials list the organization: what they may do says nothing of the members' role. Null: each
   * account has a role of its own.
   */
  listedBy: string | null = null;
  readonly #services: readonly string[];
  readonly #asked = new Map<string, Asked>();

  /** @param services those whose resources are read */
  constructor(services: readonly string[]) {
    this.#services = services;
  }

  /** AWS carried out a call, or said why it could not, but for permissions. */
  answered({ accountId, operation }: CallSite): void {
    if (accountId !== null && isNew(operation)) this.#of(accountId, operation).isAnswered = true;
  }

  /** Whether a failure may be of that sort: it is kept until all is read. */
  defers({ site, reason, detail }: AwsError, accountId: string, telling: Telling): boolean {
    if (!isNew(site.operation) || reason !== 'access_denied' || !isMissingPermission(detail)) return false;
    const owner = site.accountId ?? accountId;
    const asked = this.#of(owner, site.operation);
    if (asked.isAnswered) return false;
    asked.deniedIn.add(owner);
    if (asked.kept.length < mostKept) asked.kept.push(telling);
    else asked.notKept += 1;
    return true;
  }

  /** All is read: what was answered elsewhere is told after all. */
  untold(): readonly Telling[] {
    return [...this.#asked.values()].flatMap(({ isAnswered, kept, notKept }) => {
      if (!isAnswered) return [];
      return kept.map(({ table, text }, index) => {
        const isLast = notKept > 0 && index === kept.length - 1;
        return { table, text: isLast ? `${text} (and ${notKept} more, which coverage names)` : text };
      });
    });
  }

  /** All is read: two sentences; null: roles lack nothing of that sort. */
  line(): string | null {
    const lacking = [...this.#asked].filter(([, { isAnswered }]) => !isAnswered);
    if (lacking.length === 0) return null;
    const actions = [...new Set(lacking.map(([name]) => actionOf(name.slice(name.indexOf(' ') + 1))))].sort();
    const accounts = [...new Set(lacking.flatMap(([, { deniedIn }]) => [...deniedIn]))].sort();
    const version = lastWithout(actions) ?? oldest;
    const command = `permissions --since ${version}${permissionsFlag(this.#services)}`;
    return `The role lacks actions that are new since ${version}, in ${named(accounts)}: ${actions.join(', ')}. \`${command}\` prints a policy that allows them; until then aws_encryption_coverage says what is missing.`;
  }

  #of(accountId: string, operation: string): Asked {
    const name = `${this.#rolesOf(accountId)} ${operation}`;
    const asked = this.#asked.get(name) ?? new Asked();
    this.#asked.set(name, asked);
    return asked;
  }

  /** Accounts that are entered alike: one role of all members, or one of each account. */
  #rolesOf(accountId: string): string {
    return this.listedBy === null || accountId === this.listedBy ? accountId : 'members';
  }
}

function named(accounts: readonly string[]): string {
  const more = accounts.length - mostNames;
  const some = accounts.slice(0, mostNames).join(', ');
  return accounts.length === 1 ? `account ${some}` : `accounts ${some}${more > 0 ? ` and ${more} more` : ''}`;
}

/** No policy is said to deny it, or the role's own is said not to allow it: others are not mended by `permissions`. */
function isMissingPermission(detail: string): boolean {
  const denial = denialOf(detail);
  return denial === null || (denial.policy === 'identity-based policy' && !denial.isExplicit);
}
