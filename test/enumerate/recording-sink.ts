import type { AwsError } from '../../src/aws/error.ts';
import type { LeftOut, Sink } from '../../src/enumerate/enumerator.ts';
import type { Table } from '../../src/tables/table.ts';

/** Takes down what an enumerator says, in place of a sync. */
export class RecordingSink implements Sink {
  readonly tables: ReadonlySet<Table>;
  readonly #rows = new Map<Table, Record<string, unknown>[]>();
  /** `<what>: <table> <operation> <code>`, each once. */
  readonly said = new Set<string>();

  constructor(...selected: readonly Table[]) {
    this.tables = new Set(selected);
  }

  rows(table: Table): readonly Record<string, unknown>[] {
    return this.#rows.get(table) ?? [];
  }

  selected(table: Table): boolean {
    return this.tables.has(table);
  }

  async write(table: Table, row: Record<string, unknown>): Promise<void> {
    this.#rows.set(table, [...this.rows(table), row]);
  }

  leftOut(tables: readonly Table[], extent: LeftOut): void {
    for (const { name } of tables.filter((table) => this.selected(table))) {
      this.said.add(`left out: ${name.replace('aws_encryption_', '')} ${extent}`);
    }
  }

  valueMissing(tables: readonly Table[], error: AwsError): void {
    this.#say('value missing', tables, error);
  }

  rowsMissing(tables: readonly Table[], error: AwsError): void {
    this.#say('rows missing', tables, error);
  }

  listingFailed(tables: readonly Table[], error: AwsError): void {
    this.#say('listing failed', tables, error);
  }

  #say(what: string, tables: readonly Table[], { site, code }: AwsError): void {
    for (const { name } of tables.filter((table) => this.selected(table))) {
      this.said.add(`${what}: ${name.replace('aws_encryption_', '')} ${site.operation} ${code}`);
    }
  }
}
