/** The state of a repeated job of this node. */
export interface JobState {
  readonly name: string;
  /** The interval between two runs, in seconds. */
  readonly everySeconds: number;
  /** When the last run ended, in ms since 1970; `null`: no run has ended yet. */
  readonly lastAt: number | null;
  /** Whether the last run failed. */
  readonly failed: boolean;
}
