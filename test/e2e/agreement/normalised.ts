/** An answer, or the name of the error, with what differs between two worlds by nature made the same. */
export async function normalised(asking: Promise<unknown>, without: readonly string[]): Promise<unknown> {
  try {
    return JSON.parse(sameIds(JSON.stringify(await asking, (name, value) => kept(name, value, without))));
  } catch (error) {
    return { error: (error as Error).name };
  }
}

/** AWS leaves out what is empty; emulators write an empty list. */
function kept(name: string, value: unknown, without: readonly string[]): unknown {
  if (name === '$metadata' || without.includes(name)) return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (name === 'NextToken') return 'TOKEN';
  return name === 'Policy' ? JSON.parse(value as string) : value;
}

function sameIds(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
    .replace(/mrk-[0-9a-f-]+/g, 'MULTI-REGION-KEY')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'KEY')
    .replace(/[0-9a-f]{64}/g, 'HEX')
    .replace(/\bo-[a-z0-9]{10,32}/g, 'ORGANIZATION')
    .replace(/\bou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/g, 'UNIT')
    .replace(/\br-[a-z0-9]{4,32}/g, 'ROOT')
    .replace(/AROA[A-Z0-9]+/g, 'ROLE')
    .replace(/\b\d{12}\b/g, 'ACCOUNT');
}
