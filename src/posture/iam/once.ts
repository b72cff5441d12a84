/** A function whose result is worked out once for each object that it is given, and kept as long as that is. */
export function once<In extends object, Out extends NonNullable<unknown> | null>(
  workOut: (given: In) => Out,
): (given: In) => Out {
  const known = new WeakMap<In, Out>();
  return (given) => {
    const before = known.get(given);
    if (before !== undefined) return before;
    const result = workOut(given);
    known.set(given, result);
    return result;
  };
}
