/** What everything in this layer throws when the sync is stopped; `toAwsError` makes `cancelled` of it. */
export function aborted(): Error {
  return Object.assign(new Error('The call was stopped'), { name: 'AbortError' });
}
