import type { AwsError } from '../aws/error.ts';
import type { KmsReads } from '../aws/kms-reads.ts';
import type { Scope } from '../organization/model.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { Row, Table } from '../tables/table.ts';

/** Where an enumerator puts what it finds. Writing waits while the reader of the sync is slow. */
export interface Sink {
  /** Whether the user selected the table: nothing is read for one that is not. */
  selected(table: Table): boolean;
  /** Sends a row on its way; `parentId` is the `_cq_id` of the row it belongs to. */
  write<T extends Table>(table: T, row: Row<T>, parentId?: Buffer): Promise<void>;
  /** A read about a thing that is listed failed: its row is there, a value of it is null. */
  valueMissing(tables: readonly Table[], error: AwsError): void;
  /** A read about a thing that is listed failed, and with it all rows that the read would have given. */
  rowsMissing(tables: readonly Table[], error: AwsError): void;
  /** The listing itself failed or was cut short: things may not have been seen at all. */
  listingFailed(tables: readonly Table[], error: AwsError): void;
}

/** What the spec lets an enumerator read beyond the usual. */
export interface ReadOptions {
  readonly includeGrants: boolean;
  readonly includeKeyLastUsage: boolean;
}

/** One scope as an enumerator sees it. */
export interface RegionVisit {
  readonly scope: Scope;
  readonly kms: KmsReads;
  readonly organization: OrganizationKnowledge;
  readonly options: ReadOptions;
  readonly sink: Sink;
  /** When the sync reads this scope: what `expired` is measured by. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Lists one sort of thing in a scope, reads each once for all selected tables, and writes their rows.
 * It never throws for what AWS refuses: that goes to the sink.
 */
export interface RegionEnumerator {
  readonly name: string;
  readonly tables: readonly Table[];
  visit(visit: RegionVisit): Promise<void>;
}
