import type { AvailabilityChange } from '../ports/store/index.ts';
import type { Query } from './query.ts';

/** Runs queries, one after the other, on one database. */
export interface Connection {
  rows<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<readonly Row[]>;
  first<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<Row | undefined>;
  /** How many rows a write has written. To have them returned only to know that costs SQLite nearly as much again. */
  changed<Args extends object>(query: Query<Args, unknown>, args: Args): Promise<number>;
}

/**
 * Something that is done wholly or not at all. Arguments and result are plain data, because on SQLite an act runs in another
 * thread, where it is found by its function's name (see acts.ts).
 */
export type Act<Args, Result> = (db: Connection, args: Args) => Promise<Result>;

/** One database. Its own queries see what is committed; every write is an act. */
export interface Engine extends Connection {
  /** Answers when the act is durable. @throws {StoreUnavailable} it was not done, or nobody can say */
  act<Args, Result>(act: Act<Args, Result>, args: Args): Promise<Result>;
  /**
   * A number that changes whenever anybody commits anything; `undefined`: unknown now. Absent where it can't be learnt without
   * asking another machine.
   */
  commits?(): number | undefined;
  /** Tells from now on when the database can't be reached, and when it can be again. Absent where it is in this process. */
  onAvailability?(listener: (change: AvailabilityChange) => void): void;
  close(): Promise<void>;
}

/** Ends an act with an answer, but takes back all that it has written. */
export class Withdrawn<Answer> {
  readonly answer: Answer;
  constructor(answer: Answer) {
    this.answer = answer;
  }
}

export function withdraw<Answer>(answer: Answer): never {
  throw new Withdrawn(answer);
}
