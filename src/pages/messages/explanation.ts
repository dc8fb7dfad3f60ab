import type { OAuthErrorCode } from '../../oauth/errors/index.ts';

/** Why a request was refused, and how the developers fix it. */
export interface CauseExplanation {
  readonly cause: string;
  readonly fix: string;
}

/** The content of the page of an error code. */
export interface Explanation {
  /** One sentence. */
  readonly meaning: string;
  /** How a developer finds out which cause applies. */
  readonly see: string;
  /** The possible causes, each with its fix. */
  readonly causes: readonly CauseExplanation[];
}

/** The explanation of each cause that `Rows`, a part of the table of errors, has. */
export type CauseExplanations<Rows> = Readonly<Record<keyof Rows, CauseExplanation>>;

/** The explanations of some error codes of the OAuth endpoints. */
export type CodeExplanations = Readonly<Partial<Record<OAuthErrorCode, Explanation>>>;
