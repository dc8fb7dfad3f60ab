/** The only source of time. */
export interface Clock {
  /** The current time, in milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}
