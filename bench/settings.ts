/** What a run is made of. Each number can be set by an environment variable of its name in capitals. */
export const settings = {
  rounds: count('ROUNDS', 3),
  /** Length of a measurement, in seconds. Ten, because notes of last use are written every ten seconds. */
  seconds: count('SECONDS', 10),
  /** Length of the long runs, in seconds. */
  sustained: count('SUSTAINED', 30),
  /** Requests that are in flight at once. */
  connections: count('CONNECTIONS', 32),
  /** Different tokens in use, each of another person. */
  tokens: count('TOKENS', 200_000),
  /** In the large database; rounded down to a multiple of `tokens`. */
  authorizations: count('AUTHORIZATIONS', 1_000_000),
} as const;

function count(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return value;
}
