import pg from 'pg';
import { UnsupportedDatabase } from '../core/errors.ts';
import { mapErrors } from './errors.ts';
import { clientSettings } from './settings.ts';

/**
 * Opens a connection outside of any pool, and closes it after `work`.
 * @throws {StoreUnavailable} it can't be opened, or is lost
 * @throws {UnsupportedDatabase} a connection pooler refuses a parameter of `databaseUrl`
 */
export async function withNewClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(clientSettings(databaseUrl));
  // The current statement rejects with the same error; without a listener the event would end the process.
  client.on('error', () => {});
  try {
    await mapErrors(client.connect()).catch(explainRefusedParameter);
    return await work(client);
  } finally {
    const closed = client.end();
    // `end` alone waits for the server: one that does not respond would hold it up until TCP gives up.
    client.connection.stream.destroy();
    await closed;
  }
}

/** PgBouncer's error names the startup parameter that it refuses. */
function explainRefusedParameter(error: Error): never {
  const name = /unsupported startup parameter(?: in options)?: (\w+)/.exec(error.message)?.[1];
  if (name === undefined) throw error;
  throw new UnsupportedDatabase(
    `The connection pooler in front of PostgreSQL refuses the parameter "${name}". ` +
      'Remove it from DATABASE_URL, or connect to PostgreSQL directly.',
  );
}
