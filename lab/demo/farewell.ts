/** What to ask a database that stays up, for a beginning. */
const first = [
  `-- Which kinds of keys are there, and how many?
select key_type, count(*) as keys from aws_encryption_keys group by key_type order by keys desc;`,
  `-- Who is let in by a bucket policy, and locked out by the bucket's key?
select account_name, name, cross_account_read from aws_encryption_s3_buckets
where cross_account_read like 'blocked%' order by account_name, name;`,
  `-- What could not be seen? Look here before you believe a number.
select account_name, region, table_name, status, reason from aws_encryption_coverage
where status <> 'complete' order by account_name, region, table_name;`,
];

/** How to ask the demo's database once the demo is over, and how to end it by the command `stop`. */
export function farewell(connectionString: string, stop: string, plugin: string): string {
  const address = new URL(connectionString);
  const { password } = address;
  address.password = '';
  return `PostgreSQL stays up, on this machine only. Ask it:

${indented(`PGPASSWORD='${decodeURIComponent(password)}' psql '${address}'`)}

${first.map(indented).join('\n\n')}

Any other client of PostgreSQL does, too, and so do the plugin's own verbs:

${indented(`AWS_ENCRYPTION_POSTGRES='${connectionString}' node '${plugin}' check`)}

Stop it, and remove its files:

${indented(stop)}
`;
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
