import type { Admission, RequestFacts, ResourceContext } from '../access/admission.ts';
import type { AccountIam } from '../iam/account-iam.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { ResourceKey } from '../resource-key.ts';
import type { ExternalEntities } from './external-entities.ts';

/**
 * What an account may call of its own to use a resource that is shared with it by a list: no policy of the resource is
 * asked, but the service control policies of the account are.
 */
export interface ReaderCalls {
  /** Of these actions alone. */
  readonly grammar: ServiceGrammar;
  /** Each is enough: `ec2:CopySnapshot`. */
  readonly actions: readonly string[];
}

/** One operation on a resource, with what it asks of the resource's policy and of its key. */
export interface JudgedOperation {
  /** `read`, `publish`, `copy`, …: the word of `judged_operation`. */
  readonly name: string;
  /**
   * What the resource's policy must allow one principal, an action of each group; null where a list of accounts shares
   * the resource.
   */
  readonly actions: readonly (readonly string[])[] | null;
  /** Where a list of accounts shares it: what organization policies are asked for in place of `actions`. */
  readonly readerCalls?: ReaderCalls;
  /** What KMS must allow whoever is checked: `Decrypt`. */
  readonly keyActions: readonly string[];
  /** What KMS sees of the request that an admission to the resource leads to. */
  readonly request: (admission: Admission) => RequestFacts;
}

/** What keeps everybody out alike, whoever it is. */
export interface Terms {
  readonly key: ResourceKey;
  /**
   * How keys open the resource: each way does, and takes all of its keys. Absent: by `key` alone.
   */
  readonly ways?: readonly KeyWay[];
  /**
   * `service`: the service itself uses the key, so that only the key itself can stop an entity; `none`: the key plays
   * no part.
   */
  readonly checkedAgainst: 'caller' | 'service' | 'none';
  /** True: a block keeps everybody but services out, whatever the policy says; null: not known. */
  readonly publicAccessBlocked: boolean | null;
}

/** Keys that open a resource together, at least one. */
export type KeyWay = readonly ResourceKey[];

/** The ways that keys open the resource, each by itself. */
export const waysOf = ({ key, ways = [[key]] }: Terms): readonly KeyWay[] => ways;

/** What is judged. */
export interface Judged extends Terms {
  /** Whom the resource's policy lets in to the operation. */
  readonly external: ExternalEntities;
  readonly context: ResourceContext;
  /** The region of the resource, where its requests are made. */
  readonly region: string;
  /** Whether resource control policies cover the resource's service. */
  readonly coveredByRcps: boolean;
  readonly operation: JudgedOperation;
  /** The resource's own policy; null: it has none, or it was not read. */
  readonly policy: PolicyDocument | null;
  /** The IAM of an account, null where it was not read; absent: IAM was not asked for. */
  readonly iam?: IamOf | undefined;
}

/** The users and roles of an account; null: they were not read, or not all of them. */
export type IamOf = (accountId: string) => AccountIam | null;
