/** The content of the page of an error code. */
export interface Explanation {
  /** One sentence. */
  readonly meaning: string;
  /** How a developer finds out which cause applies. */
  readonly see: string;
  /** The possible causes, each with its fix. */
  readonly causes: readonly { readonly cause: string; readonly fix: string }[];
}
