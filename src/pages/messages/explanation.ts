/** What the page of an error code says. */
export interface Explanation {
  readonly meaning: string;
  /** Where a developer finds out which of the causes it was. */
  readonly see: string;
  /** What may have caused it, each with its fix. */
  readonly causes: readonly { readonly cause: string; readonly fix: string }[];
}
