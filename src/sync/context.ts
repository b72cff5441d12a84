import type { Aws } from '../aws/aws.ts';
import type { ReadOptions } from '../enumerate/enumerator.ts';
import type { IamReadings } from '../enumerate/iam-readings.ts';
import type { Scopes } from '../enumerate/scopes.ts';
import type { Log } from '../log.ts';
import type { Organization } from '../organization/model.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { OrganizationPolicies } from '../posture/organization-policies/policies.ts';
import type { Table } from '../tables/table.ts';
import type { Batches } from './batches.ts';
import type { History } from './history.ts';
import type { LackingActions } from './lacking-actions.ts';
import type { Lockouts } from './lockouts.ts';
import type { Message } from './message.ts';
import type { PolicyPlan } from './policy-plan.ts';
import type { Progress } from './progress.ts';
import type { Selection } from './selection.ts';
import type { Shard } from './shard.ts';
import type { Slots } from './slots.ts';

/** What every part of one sync shares. */
export interface SyncContext {
  readonly aws: Aws;
  readonly options: ReadOptions;
  /** Names for accounts outside the organization. */
  readonly knownAccounts: Readonly<Record<string, string>>;
  /** The tables that the user selected. */
  readonly selected: ReadonlySet<Table>;
  /** What is done about the organization's policies. */
  readonly policies: PolicyPlan;
  /** What they ask for in each scope. */
  readonly selection: Selection;
  readonly shard: Shard;
  readonly history: History;
  readonly batches: Batches;
  /** Waits while the reader of the stream is slow. */
  readonly send: (message: Message) => Promise<void>;
  readonly lockouts: Lockouts;
  readonly lacking: LackingActions;
  readonly progress: Progress;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Wall clock, for coverage's times. */
  readonly now: () => Date;
}

/** The same once the organization is known, for what reads its accounts. */
export interface ReadingContext extends SyncContext {
  readonly organization: Organization;
  /** Without the organization's policies: for what lets nobody in but the own account. */
  readonly knowledge: OrganizationKnowledge;
  /** With the organization's policies, once they are read. Rejects only when the sync is stopped. */
  readonly knowledgeWithPolicies: Promise<OrganizationKnowledge>;
  /** What is known of the organization's policies by now; null: they are still being read, or none are. */
  /** Users, roles and their policies. */
  readonly iam: IamReadings;
  readonly policiesByNow: () => OrganizationPolicies | null;
  readonly scopes: Scopes;
  readonly slots: Slots;
}
