import { arnOf, type IamAccount, type IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Key } from '../../lab/aws/iam/key.ts';
import type { Controls } from './controls.ts';

/** A key of the world's owner with its tags. */
export interface TaggedKey {
  readonly key: Key;
  readonly tags: Readonly<Record<string, string>>;
}

/** Accounts with all of their IAM, members of the organization and not, and keys that some of them may use. */
export interface IamWorld {
  readonly accounts: readonly IamAccount[];
  readonly keys: readonly TaggedKey[];
  /** The organization's SCPs and RCPs; null: there are none. */
  readonly controls: Controls | null;
}

/** A user, a role or an account's root user, and a key. */
export interface Pair {
  readonly account: IamAccount;
  /** Null: the root user. */
  readonly principal: IamPrincipal | null;
  readonly key: TaggedKey;
  /** `arn:aws:iam::…:role/app arn:aws:kms:…` */
  readonly name: string;
}

export const pairName = (principalArn: string, keyArn: string): string => `${principalArn} ${keyArn}`;

export const pairsOf = ({ accounts, keys }: IamWorld): readonly Pair[] =>
  accounts.flatMap((account) =>
    [...account.principals, null].flatMap((principal) =>
      keys.map((key) => ({
        account,
        principal,
        key,
        name: pairName(arnOf(account, principal), key.key.arn),
      })),
    ),
  );
