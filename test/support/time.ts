const { now } = Date;
let ahead = 0;

/**
 * Turns the clock of this process forward, and so that of a server in it. It runs on from there and never goes back within a test file:
 * what was written later would lie in the future.
 */
export function later(seconds: number): void {
  ahead += seconds * 1000;
  Date.now = () => now() + ahead;
}
