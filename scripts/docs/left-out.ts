/** What uses KMS keys and is not read, with the reason, as a list. */
export const leftOut = `- **Amazon Keyspaces**: only \`GetTable\` tells the key of a table, and IAM allows that by \`cassandra:Select\` on the table
  ("GetTable", Keyspaces API reference, read 2026-11-30): whoever may ask may read what is in it.
- **Models of Amazon SageMaker AI** have no key of their own: their artifacts are objects, under the key of their bucket.
  Jobs name one for a volume that goes with them.`;
