import type { Lane } from '../aws/admission.ts';
import type { AwsError } from '../aws/error.ts';
import { isOfStrays } from '../aws/strays.ts';
import type { Organization, Scope } from '../organization/model.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { KmsReads } from '../services/kms/reads.ts';
import type { Operation } from '../services/operations.ts';
import type { Settings } from '../spec/settings.ts';
import type { Row, Table } from '../tables/table.ts';
import type { IamReadings } from './iam-readings.ts';
import type { KeysAhead } from './keys-ahead.ts';
import type { RamShares } from './ram-shares.ts';
import type { Scopes } from './scopes.ts';

/** Where an enumerator puts what it finds. Writing waits while the reader of the sync is slow. */
export interface Sink {
  /** Whether the user selected the table, one that the enumerator lists: nothing is read for one that is not. */
  selected(table: Table): boolean;
  /** Sends a row on its way; `parentId` is the `_cq_id` of the row it belongs to. */
  write<T extends Table>(table: T, row: Row<T>, parentId?: Buffer): Promise<void>;
  /** The spec turned off all that these tables are read from (no row says nothing then), or some of it. */
  leftOut(tables: readonly Table[], extent: LeftOut): void;
  /** A read about a thing that is listed failed: its row is there, a value of it is null. */
  valueMissing(tables: readonly Table[], error: AwsError): void;
  /** A read about a thing that is listed failed, and with it all rows that the read would have given. */
  rowsMissing(tables: readonly Table[], error: AwsError): void;
  /** The listing itself failed or was cut short: things may not have been seen at all. */
  listingFailed(tables: readonly Table[], error: AwsError): void;
}

/** A listing was cut short; or it came to its end and named what is not there, so that some may be missing. */
export function noteListing(sink: Sink, tables: readonly Table[], error: AwsError): void {
  if (isOfStrays(error)) sink.rowsMissing(tables, error);
  else sink.listingFailed(tables, error);
}

/** How much of a table's sources the spec turned off. */
export type LeftOut = 'all' | 'some';

/** What the spec lets an enumerator read beyond the usual. */
export type ReadOptions = Settings['enumerate'];

/** When single things are read: as many at the same time as fill the network, over all scopes. */
export interface Turns {
  /** Keys in the listing of all keys. */
  readonly keys: Lane;
  /** Those that are read already and wait for their aliases: they hold no turn. */
  readonly ahead: KeysAhead;
  /** Resources and buckets. */
  readonly things: Lane;
}

/** What every visit of a scope brings along. */
export interface Visit {
  /** `region` is `global` in the visit of a whole account. */
  readonly scope: Scope;
  /** The way into this and any other account and region, for keys that live elsewhere. */
  readonly scopes: Scopes;
  readonly organization: Organization;
  /** Without the organization's policies: for what lets nobody in but the own account. */
  readonly knowledge: OrganizationKnowledge;
  /** With them, once they are read: what is said of other accounts waits. Rejects only when the sync is stopped. */
  readonly knowledgeWithPolicies: Promise<OrganizationKnowledge>;
  /** Users, roles and their policies, where the spec includes them. */
  readonly iam: IamReadings;
  readonly options: ReadOptions;
  /** What others list in the same sync, too: `sink.selected` is about the enumerator's own tables. */
  readonly selected: ReadonlySet<Table>;
  readonly turns: Turns;
  readonly sink: Sink;
  /** When the visit began: what `expired` is measured by. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** A visit of one account × region. */
export interface RegionVisit extends Visit {
  readonly kms: KmsReads;
  readonly ram: RamShares;
}

/**
 * Lists one sort of thing in a scope, reads each once for all selected tables, and writes their rows.
 * What AWS refuses goes to the sink; what is thrown all the same loses this enumerator's tables in this scope.
 */
export interface Enumerator<V extends Visit> {
  readonly name: string;
  readonly tables: readonly Table[];
  /**
   * Of tables that others write, too: by what its rows are told from theirs. What is gone in AWS is deleted by it;
   * without it nothing is deleted from a shared table.
   */
  readonly marks?: ReadonlyMap<Table, Marks>;
  readonly adds?: readonly AddedRows[];
  /** The AWS operations that it calls for one of its tables: what a role must be allowed where that is selected. */
  calls(table: Table): readonly Operation[];
  /** Whether it looks up keys, of this and other scopes: each is read once, for whoever comes first. */
  readonly looksUpKeys?: boolean;
  /** Whether it needs what those who look up keys have found, in its own account and region: it comes after them. */
  readonly afterResources?: boolean;
  visit(visit: V): Promise<void>;
}

/** Columns and the values that they have in all rows of an enumerator, and in no other's. */
export type Marks = Readonly<Record<string, string>>;

/** Rows that an enumerator adds to a table whose coverage is another's affair, where that table is selected, too. */
export interface AddedRows {
  readonly table: Table;
  /** The table of its own with whose rows they are found: where that one is not selected, nothing is added. */
  readonly foundWith: Table;
  readonly marks: Marks;
}

/** Lists region by region. */
export type RegionEnumerator = Enumerator<RegionVisit>;
/** Lists once an account. */
export type AccountEnumerator = Enumerator<Visit>;
