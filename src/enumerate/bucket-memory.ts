import type { Fact } from '../aws/fact.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import type { PublicAccessBlock } from '../services/s3/facts.ts';

type Block = Fact<PublicAccessBlock | null>;

/**
 * What was read of buckets that have access points, and of the accounts that own them: each once a sync, for the bucket
 * and for its access points, whoever comes first. Other buckets are not remembered.
 */
export class BucketMemory {
  readonly #facts = new Map<string, Promise<BucketFacts | null>>();
  readonly #blocks = new Map<string, Promise<Block>>();

  has(accountId: string, bucket: string): boolean {
    return this.#facts.has(`${accountId}/${bucket}`);
  }

  facts(
    accountId: string,
    bucket: string,
    read: () => Promise<BucketFacts | null>,
  ): Promise<BucketFacts | null> {
    return once(this.#facts, `${accountId}/${bucket}`, read);
  }

  /** Block Public Access of a whole account. */
  block(accountId: string, read: () => Promise<Block>): Promise<Block> {
    return once(this.#blocks, accountId, read);
  }
}

function once<T>(memory: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const before = memory.get(name);
  if (before !== undefined) return before;
  const reading = read();
  memory.set(name, reading);
  return reading;
}
