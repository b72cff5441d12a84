import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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

async function python(args: readonly string[]): Promise<string> {
  const folder = await pythonPackages('linters', 'The linters of the templates');
  const { stdout } = await promisify(execFile)('python3', [...args], {
    cwd: checkout,
    env: { PATH: process.env.PATH, HOME: folder, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return stdout;
}
