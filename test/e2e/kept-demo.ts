/** What `demo --keep` printed for whoever goes on from there. */
export interface KeptDemo {
  readonly connection: string;
  /** The command that opens it by PostgreSQL's own program. */
  readonly psql: string;
  readonly queries: readonly string[];
  /** The command that ends PostgreSQL. */
  readonly stop: string;
}

export function keptDemo(stdout: string): KeptDemo {
  const [, farewell = ''] = stdout.split('PostgreSQL stays up');
  const [, psql = ''] = /^ {2}(PGPASSWORD='\S+' psql '\S+')$/m.exec(farewell) ?? [];
  const [, connection = ''] = /^ {2}AWS_ENCRYPTION_POSTGRES='(\S+)' node/m.exec(farewell) ?? [];
  const [, stop = ''] = /^Stop it, .*:\n\n {2}(.+)$/m.exec(farewell) ?? [];
  if (connection === '' || psql === '' || stop === '')
    throw new Error(`The demo said nothing of how to go on: ${stdout}`);
  return { connection, psql, queries: farewell.match(/^ {2}select [\s\S]*?;$/gm) ?? [], stop };
}
