/** The time, in milliseconds since 1970-01-01T00:00:00Z. The only source of time in the product. */
export interface Clock {
  now(): number;
}
