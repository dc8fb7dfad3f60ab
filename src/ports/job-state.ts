/** A repeated job of this node, as it stands. */
export interface JobState {
  readonly name: string;
  readonly everySeconds: number;
  /** When its last run ended; `null`: none has yet. */
  readonly lastAt: number | null;
  readonly failed: boolean;
}
