import type { Connection, Recording, Transaction } from './engine.ts';

const registry = new Map<string, Transaction<never, unknown>>();

/** The transactions of all modules that are loaded, by name. */
export const transactions: ReadonlyMap<string, Transaction<never, unknown>> = registry;

/**
 * Defines and registers a transaction. Its name is that of the port's method, as a text because a bundler may rename
 * functions. The writer thread finds it by this name, so `store.ts` must import the module that defines it.
 * @throws {Error} another transaction has this name
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

/** Thrown by {@link abort}: the engine rolls the transaction back and returns `result` to its caller. */
export class Aborted<Result> {
  readonly result: Result;
  constructor(result: Result) {
    this.result = result;
  }
}

/** Rolls back everything that the transaction has written, and returns `result` to its caller. */
export function abort<Result>(result: Result): never {
  throw new Aborted(result);
}
