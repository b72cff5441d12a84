import type { Caller, CredentialStore } from './credentials.ts';
import type { SimAccount, SimOrganization } from './model.ts';
import type { HttpRequest, Input, Output, Wire } from './protocol/wire.ts';

/** The running world that every call sees. */
export interface World {
  readonly organization: SimOrganization;
  readonly credentials: CredentialStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** False: every key policy admits everybody of its account. */
  readonly enforceKeyPolicies: boolean;
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

export interface Operation {
  /** The IAM action that allows it, without the service (`ListAllMyBuckets`); null: needs none. */
  readonly action: string | null;
  readonly run: (call: Call) => Output;
}

/** What may go wrong before an operation runs, in each service's own words. */
export type Failure =
  | 'operation_unknown'
  | 'credentials_missing'
  | 'credentials_unknown'
  | 'credentials_expired'
  | 'not_subscribed'
  | 'region_disabled'
  | 'signature_wrong'
  | 'clock_skewed'
  | 'access_denied'
  | 'invalid_input'
  | 'throttled'
  | 'internal';

/** Status, code, message; the message is replaced where the simulator can say more. */
export type Failures = Readonly<Record<Failure, readonly [status: number, code: string, message: string]>>;

/** One AWS service: a file in `services/`, a line in `services/index.ts`. */
export interface Service {
  /** As IAM and our operation names spell it: `kms`. */
  readonly name: string;
  /** As the credential scope of a signature spells it. */
  readonly signingName: string;
  readonly wire: Wire;
  readonly failures: Failures;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The service has one endpoint for the whole partition, whatever regions an account has enabled. */
  readonly isGlobal?: boolean;
  /** Where IAM's actions are spelled otherwise than `name` (s3control: `s3`). */
  readonly iamPrefix?: string;
  /** Two services that sign with one name (s3, s3control) tell their requests apart. */
  readonly takes?: (request: HttpRequest) => boolean;
  /** The key id, bucket name, … that a call is about, for faults and access denials. */
  readonly resourceOf?: (input: Input) => string | undefined;
  /** The account that a call is about when it is not the caller's own (AssumeRole). */
  readonly accountOf?: (input: Input) => string | undefined;
}
