/** The settings of a run. An environment variable with the name in capitals overrides each. */
export const settings = {
  rounds: count('ROUNDS', 3),
  /** Length of a measurement, in seconds. Ten, because uses of tokens are written every ten seconds. */
  seconds: count('SECONDS', 10),
  /** Length of the long runs, in seconds. */
  sustained: count('SUSTAINED', 30),
  /** Requests in flight at once. */
  connections: count('CONNECTIONS', 32),
  /** Different tokens, each of another user. */
  tokens: count('TOKENS', 200_000),
  /** Authorizations in the large database; rounded down to a multiple of `tokens`. */
  authorizations: count('AUTHORIZATIONS', 1_000_000),
} as const;

function count(name: string, byDefault: number): number {
  const value = Number(process.env[name] ?? byDefault);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return value;
}
