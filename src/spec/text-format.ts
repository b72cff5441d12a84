/** A form that text may have: the pattern, read alike by JavaScript and by RE2, and what it means in words. */
export interface TextFormat {
  /** Without anchors: the whole text must match. */
  readonly pattern: string;
  /** Ends the sentence "it must be …". */
  readonly mustBe: string;
}

const regionName = '[a-z]+(?:-[a-z]+)+-[0-9]+';

export const region: TextFormat = { pattern: regionName, mustBe: 'a region such as us-east-1' };

/** As in CloudQuery's AWS source, `*` is the only wildcard. */
export const regionOrAll: TextFormat = {
  pattern: `\\*|${regionName}`,
  mustBe: 'a region such as us-east-1, or "*" alone for every enabled region',
};

const unquoted = 'YAML takes unquoted digits for a number and drops leading zeros';

export const accountId: TextFormat = {
  pattern: '[0-9]{12}',
  mustBe: `an account id: 12 digits, in quotes (${unquoted})`,
};

export const name: TextFormat = { pattern: '[^\\r\\n]*\\S[^\\r\\n]*', mustBe: 'one line of text' };

export const accountLabel: TextFormat = {
  pattern: name.pattern,
  mustBe: `a label in quotes, usually the account id (${unquoted})`,
};

export const roleArn: TextFormat = {
  pattern: 'arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/[\\w+=,.@/-]+',
  mustBe: 'the ARN of a role, such as arn:aws:iam::111122223333:role/posture',
};

/** A path may stand before the name: the role's ARN is `role/` and this. */
export const roleName: TextFormat = {
  pattern: '(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}',
  mustBe: 'the name of a role, not its ARN, such as cloudquery-aws-encryption-member',
};

export const roleSessionName: TextFormat = {
  pattern: '[\\w+=,.@-]{2,64}',
  mustBe: 'a session name: 2 to 64 letters, digits or any of _+=,.@-',
};

export const externalId: TextFormat = {
  pattern: '[\\w+=,.@:/-]+',
  mustBe: 'an external id: letters, digits or any of _+=,.@:/-',
};

export const organizationalUnit: TextFormat = {
  pattern: 'ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32}',
  mustBe: 'an organizational unit or root, such as ou-ab12-11111111 or r-ab12',
};

export const partition: TextFormat = {
  pattern: 'aws(?:-[a-z]+)*',
  mustBe: 'a partition such as aws, aws-cn or aws-us-gov',
};

export const endpointUrl: TextFormat = {
  pattern: 'https?://(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?(?:/[^\\s?#@]*)?',
  mustBe: 'an http or https address without user, password and query, such as http://127.0.0.1:4566',
};
