/**
 * What CloudWatch says of the use of KMS keys, in plain types of our own.
 * Metrics and dimensions: KMS developer guide, "Monitor KMS keys with Amazon CloudWatch"; shapes: CloudWatch API of
 * botocore 1.43.106. Both read 2026-11-30.
 */

/** One name and value of those that make a metric what it is. */
export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** A key, and what was done with it. */
export interface KeyUse {
  readonly keyArn: string;
  /** `Decrypt`, `GenerateDataKey`, …; of ReEncrypt `ReEncryptFrom` for the key that decrypted, `ReEncryptTo` for the other. */
  readonly operation: string;
}

/** One metric `SuccessfulRequest` that had data within the last two weeks. */
export interface RequestMetric {
  /** What it is asked by. */
  readonly dimensions: readonly Dimension[];
  /** The keys whose requests it counts: one, or the two of ReEncrypt. */
  readonly uses: readonly KeyUse[];
}

/** From when to when requests are counted: `start` begins a UTC day. */
export interface Window {
  readonly start: Date;
  /** Not counted any more. */
  readonly end: Date;
}

/** The successful requests that a metric counted. */
export interface Requests {
  /** 0: none. */
  readonly count: number;
  /** The last UTC day with one, by its beginning; null: there was none. */
  readonly lastDay: Date | null;
}
