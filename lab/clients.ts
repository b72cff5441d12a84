import { delimiter, join } from 'node:path';
import { pythonPackages } from './python-packages.ts';

/**
 * An environment in which a shell finds `aws`, `psql` and `pg_dump`, and nothing of this process's own but its PATH:
 * what commands of the documentation call, on a machine that may have none of them.
 */
export async function clientsEnvironment(): Promise<{ readonly [name: string]: string }> {
  const folder = await pythonPackages('clients', 'What commands of the documentation call');
  const programs = join(folder, 'embedded_postgres', 'pginstall', 'bin');
  return {
    PATH: [join(import.meta.dirname, 'clients', 'bin'), programs, process.env.PATH].join(delimiter),
    // No configuration of whoever runs this.
    HOME: folder,
    PYTHONPATH: folder,
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
