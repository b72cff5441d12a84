import { parseArn } from '../aws/arn.ts';
import type { Fact } from '../aws/fact.ts';
import type { RequestMetric, Requests } from '../services/cloudwatch/facts.ts';

/** What was done with one key within the window: all of it, and at least once. */
export interface KeyRequests {
  readonly keyArn: string;
  readonly keyId: string;
  readonly operation: string;
  readonly count: number;
  /** The last UTC day with a request, by its beginning. */
  readonly lastDay: Date;
}

interface Sum {
  readonly keyArn: string;
  readonly operation: string;
  count: number;
  lastDay: Date | null;
  /** False: a metric that counts it is unread, so that the sum may be too low. */
  isWhole: boolean;
  /** Whether more metrics may count it, with other second keys. */
  isOfPairs: boolean;
}

/** The requests on keys, added up over the metrics that count them: ReEncrypt has one for each pair of keys. */
export class KeySums {
  readonly #sums = new Map<string, Sum>();
  #mayMissMetrics = false;

  /** Not all metrics were named: what several count may be too low. */
  missMetrics(): void {
    this.#mayMissMetrics = true;
  }

  add({ uses }: RequestMetric, requests: Fact<Requests>): void {
    for (const use of uses) {
      const sum = this.#of(use);
      if (uses.length > 1) sum.isOfPairs = true;
      if (requests.state !== 'known') sum.isWhole = false;
      else {
        const { count, lastDay } = requests.value;
        sum.count += count;
        if (lastDay !== null && (sum.lastDay === null || lastDay > sum.lastDay)) sum.lastDay = lastDay;
      }
    }
  }

  /** Of the account's own keys, without sums that may be too low and without those that are nothing. */
  *ofAccount(accountId: string): Generator<KeyRequests> {
    for (const { keyArn, operation, count, lastDay, isWhole, isOfPairs } of this.#sums.values()) {
      const arn = parseArn(keyArn);
      if (lastDay === null || arn?.accountId !== accountId) continue;
      if (!isWhole || (isOfPairs && this.#mayMissMetrics)) continue;
      yield { keyArn, keyId: arn.resource.slice('key/'.length), operation, count, lastDay };
    }
  }

  #of({ keyArn, operation }: Pick<Sum, 'keyArn' | 'operation'>): Sum {
    const name = `${keyArn} ${operation}`;
    const known = this.#sums.get(name);
    if (known !== undefined) return known;
    const sum: Sum = { keyArn, operation, count: 0, lastDay: null, isWhole: true, isOfPairs: false };
    this.#sums.set(name, sum);
    return sum;
  }
}
