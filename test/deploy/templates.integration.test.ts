import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../../lab/checkout.ts';
import { lintCloudFormation, readTerraform } from '../../lab/linters.ts';
import { memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { tables } from '../../src/tables/index.ts';

/** The first run installs the linters. */

const templates = {
  'member-role.yml': memberPolicy(tables),
  'organization-role.yml': organizationPolicy(
    tables,
    `arn:\${AWS::Partition}:iam::*:role/\${MemberRoleName}`,
  ),
};

interface Template {
  readonly Parameters: Record<string, { Default?: string; AllowedPattern: string }>;
  readonly Resources: { Role: { Properties: { Policies: { PolicyDocument: unknown }[] } } };
}

/** The template with CloudFormation's own tags as plain values. */
async function read(name: string): Promise<Template> {
  const text = await readFile(join(checkout, 'deploy/cloudformation', name), 'utf8');
  return parse(text, { logLevel: 'silent' });
}

test.each(Object.entries(templates))('%s: allows what the tables call, and no more', async (name, policy) => {
  const { Resources } = await read(name);
  const [given, ...others] = Resources.Role.Properties.Policies;
  expect(others).toEqual([]);
  const document = given?.PolicyDocument as typeof policy;
  const bySid = (statements: typeof policy.Statement) =>
    statements.toSorted((a, b) => (a.Sid < b.Sid ? -1 : 1));
  expect({ ...document, Statement: bySid(document.Statement) }).toEqual({
    ...policy,
    Statement: bySid(policy.Statement),
  });
});

test.each(Object.keys(templates))('%s: cfn-lint finds nothing', async (name) => {
  expect(await lintCloudFormation(`deploy/cloudformation/${name}`)).toBe('');
});

test.each([
  ['arn:aws:iam::111122223333:role/cloudquery-aws-encryption', true],
  ['arn:aws-us-gov:iam::111122223333:root', true],
  ['arn:aws-cn:iam::111122223333:user/sync', true],
  ['111122223333', false],
  ['*', false],
  ['arn:aws:iam::*:root', false],
])('who may be trusted: %s, %j', async (principal, isGood) => {
  for (const name of Object.keys(templates)) {
    const { Parameters } = await read(name);
    expect(new RegExp(Parameters.TrustedPrincipalArn?.AllowedPattern ?? '').test(principal)).toBe(isGood);
  }
});

test('the Terraform file gives the templates the parameters that they have', async () => {
  const { resource } = (await readTerraform('deploy/terraform/main.tf')) as {
    resource: Record<string, Record<string, { template_body?: string; parameters?: object }>>[];
  };
  const stacks = resource.flatMap((block) => Object.values(block).flatMap((named) => Object.values(named)));
  const used = stacks.filter(({ template_body }) => template_body !== undefined);
  expect(used).toHaveLength(2);
  for (const { template_body = '', parameters = {} } of used) {
    const name = /cloudformation\/([\w-]+\.yml)/.exec(template_body)?.[1] ?? '';
    const { Parameters } = await read(name);
    expect(Object.keys(Parameters)).toEqual(expect.arrayContaining(Object.keys(parameters)));
    const required = Object.keys(Parameters).filter((key) => Parameters[key]?.Default === undefined);
    expect(Object.keys(parameters)).toEqual(expect.arrayContaining(required));
  }
});

test('the member role has one name wherever it is recommended', async () => {
  const { Parameters: member } = await read('member-role.yml');
  const { Parameters: organization } = await read('organization-role.yml');
  const name = member.RoleName?.Default;
  expect(organization.MemberRoleName?.Default).toBe(name);
  for (const path of [
    'spec.yml',
    'docs/quick-start.md',
    'docs/destinations.md',
    'deploy/schedule/kubernetes.yaml',
  ]) {
    const text = await readFile(join(checkout, path), 'utf8');
    const names = [...text.matchAll(/member_role_name: ([\w-]+)/g)].map(([, each]) => each);
    expect({ path, names: [...new Set(names)] }).toEqual({ path, names: [name] });
  }
  const authentication = await readFile(join(checkout, 'docs/_authentication.md'), 'utf8');
  expect(authentication).toContain(`"Resource": "arn:aws:iam::*:role/${name}"`);
  expect(authentication).toContain(`member_role_name: ${name}`);
});
