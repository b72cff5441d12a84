import type { Scope } from '../organization/model.ts';
import { awsOwnedKeyId, awsOwnedKeyRow } from '../tables/aws-owned-keys.ts';
import { keys } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import type { AddedRows, Visit } from './enumerator.ts';

/** For an enumerator of the service's resources. */
export const addsAwsOwnedKeys = (service: string, foundWith: Table): AddedRows => ({
  table: keys,
  foundWith,
  marks: { key_id: awsOwnedKeyId(service) },
});

/** Counts the resources that say that they use an AWS owned key, which no API lists: one row for each region. */
export class AwsOwnedKeys {
  readonly #service: string;
  readonly #uses = new Map<string, { readonly scope: Scope; count: number }>();

  constructor(service: string) {
    this.#service = service;
  }

  add(scope: Scope): void {
    const use = this.#uses.get(scope.region);
    if (use === undefined) this.#uses.set(scope.region, { scope, count: 1 });
    else use.count += 1;
  }

  async write({ sink }: Visit): Promise<void> {
    if (!sink.selected(keys)) return;
    for (const { scope, count } of this.#uses.values()) {
      await sink.write(keys, awsOwnedKeyRow(scope, this.#service, count));
    }
  }
}
