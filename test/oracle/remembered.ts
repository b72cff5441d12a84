/** Asks once for each object, however often: an answer about the same world stays what it is. */
export function remembered<A extends object, B>(ask: (of: A) => B): (of: A) => B {
  const answers = new WeakMap<A, { readonly answer: B }>();
  return (of) => {
    const known = answers.get(of) ?? { answer: ask(of) };
    answers.set(of, known);
    return known.answer;
  };
}
