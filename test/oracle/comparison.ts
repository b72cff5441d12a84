/** What one comparison of the product's answers about one operation found. */
export interface Comparison {
  /** Wrong answers, a sentence each. */
  readonly wrong: readonly string[];
  /** Answers that hold under some reading of the documentation only. */
  readonly leaning: number;
  /** Answers for which AWS tells all that decides. */
  readonly told: number;
  /** Of those, how many were "unknown". */
  readonly unknown: number;
}
