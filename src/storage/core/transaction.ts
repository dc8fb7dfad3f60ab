import type { Connection, Recording, Transaction } from './engine.ts';

const registry = new Map<string, Transaction<never, unknown>>();

/** All transactions of the modules that are loaded, by their names. */
export const transactions: ReadonlyMap<string, Transaction<never, unknown>> = registry;

/**
 * Defines and registers a transaction. Its name is the method of the port that runs it, as a text, because a bundler
 * may rename functions. The thread that writes knows those in the modules that `store.ts` imports.
 * @throws {Error} the name is used already
 */
export function transaction<Args, Result>(
  name: string,
  recording: Recording,
  run: (db: Connection, args: Args) => Promise<Result>,
): Transaction<Args, Result> {
  if (registry.has(name)) throw new Error(`There are two transactions ${name}: give one of them another name`);
  const defined = Object.assign(run, { transactionName: name, recording });
  registry.set(name, defined);
  return defined;
}

/** What a transaction throws to be rolled back and still have a result. */
export class Aborted<Result> {
  readonly result: Result;
  constructor(result: Result) {
    this.result = result;
  }
}

/** Ends the transaction with a result and rolls back all that it has written. */
export function abort<Result>(result: Result): never {
  throw new Aborted(result);
}
