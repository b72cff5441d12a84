export type NumberId = 'keys' | 'outside' | 'locked' | 'rotation_off' | 'pending_deletion' | 'monthly_usd';

/** A headline number, what is not known of it, and which keys or resources it counts. */
export interface PostureNumber {
  readonly id: NumberId;
  /** Null: not known at all. */
  readonly value: number | null;
  /** How many more may belong to it; null when nothing is known. */
  readonly unknown: number | null;
  /** Whether accounts or regions were not read, so that the value is "at least". */
  readonly atLeast: boolean;
  /** What is counted, by ARN; empty where a sum has no members. */
  readonly members: readonly Member[];
  /** What is told beside the number and not counted in it, in words; absent: nothing. */
  readonly beside?: string;
  /** Of keys usable outside by their own policies and grants: how many by anyone, and how many only policies of the organization stop. */
  readonly reach?: { readonly public: number; readonly stopped: number };
}

export interface Member {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
}
