import type { Caller, CredentialStore } from './credentials.ts';
import type { SimAccount, SimOrganization } from './model.ts';
import type { Failures, HttpRequest, Input, Output, Wire } from './protocol/wire.ts';

/** The running world that every call sees. */
export interface World {
  readonly organization: SimOrganization;
  readonly credentials: CredentialStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** False: every key policy admits everybody of its account. */
  readonly enforceKeyPolicies: boolean;
  /** True: SCPs and RCPs bind the calls that are made here. */
  readonly enforceOrganizationPolicies: boolean;
  /** Makes role sessions live shorter than AWS would, in seconds; undefined: as asked. */
  readonly sessionSeconds: number | undefined;
  /** ARNs of the AWS managed keys that a DescribeKey of a predefined alias created. */
  readonly createdKeys: string[];
}

/** One request, understood. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  /** The caller's account. */
  readonly account: SimAccount;
  readonly region: string;
  readonly operation: string;
  readonly input: Input;
  readonly request: HttpRequest;
}

/** The resource that a call is about, as policies see it. */
export interface Target {
  readonly arn: string;
  /** Id of the account that owns it. */
  readonly ownerId: string;
  readonly isAwsManagedKey?: boolean;
}

export interface Operation {
  /** The IAM action that allows it, without the service (`ListAllMyBuckets`); null: needs none. Default: its own name. */
  readonly action?: string | null;
  /** The resource that a call names, for faults and access denials. Default: the service's. */
  readonly resourceOf?: (input: Input) => string | undefined;
  /** What organization policies are asked about; undefined: IAM knows the action without a resource. Default: the service's. */
  readonly target?: (call: Call) => Target | undefined;
  /** Undefined: it answers no pages. */
  readonly paging?: Paging;
  readonly run: (call: Call) => Output;
}

/** How a listing is paged: fields of its input and its answer. */
export interface Paging {
  /** In the input: how many entries a page may have; undefined: nobody can say. */
  readonly size?: string;
  /** In the input: the marker of the page. */
  readonly token: string;
  /** In the answer: the marker of the next page. Default: as `token`. */
  readonly next?: string;
  /** In the answer: whether more follows; undefined: only the marker tells. */
  readonly more?: string;
}

/** One AWS service: a file in `services/`, a line in `services/every.ts`. */
export interface Service {
  /** As IAM and our operation names spell it: `kms`. */
  readonly name: string;
  /** As the credential scope of a signature spells it. Default: `name`. */
  readonly signingName?: string;
  readonly wire: Wire;
  /** Where its own words differ from those of its protocol. */
  readonly failures?: Partial<Failures>;
  readonly operations: Readonly<Record<string, Operation>>;
  /** AWS's published default quotas by operation, per account and region; those of `quotas.ts` go before. */
  readonly callsPerSecond?: Readonly<Record<string, number>>;
  /** The service has one endpoint for the whole partition, whatever regions an account has enabled. */
  readonly isGlobal?: boolean;
  /** Where IAM's actions are spelled otherwise than `name` (s3control: `s3`). */
  readonly iamPrefix?: string;
  /** Two services that sign with one name (s3, s3control) tell their requests apart. */
  readonly takes?: (request: HttpRequest) => boolean;
  /** The key id, bucket name, … that a call is about, for faults and access denials. */
  readonly resourceOf?: (input: Input) => string | undefined;
  readonly target?: (call: Call) => Target | undefined;
  /** The account that a call is about when it is not the caller's own (AssumeRole). */
  readonly accountOf?: (input: Input) => string | undefined;
}
