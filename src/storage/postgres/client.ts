import pg from 'pg';
import { UnsupportedDatabase } from '../core/errors.ts';
import { sent } from './errors.ts';
import { clientSettings } from './settings.ts';

/**
 * Opens one connection, outside of any pool, for the time of `work`.
 * @throws {UnsupportedDatabase} a pooler in between refuses a parameter of the address
 */
export async function withClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(clientSettings(databaseUrl));
  // The statement under way fails, too; without a listener the event would end the process.
  client.on('error', () => {});
  try {
    await sent(client.connect()).catch(explainRefusal);
    return await work(client);
  } finally {
    const closed = client.end();
    // Over a silent connection, the farewell would be waited for until the kernel gives up.
    client.connection.stream.destroy();
    await closed;
  }
}

/** PgBouncer names the parameter that it does not pass on. */
function explainRefusal(error: Error): never {
  const name = /unsupported startup parameter(?: in options)?: (\w+)/.exec(error.message)?.[1];
  if (name === undefined) throw error;
  throw new UnsupportedDatabase(
    `The connection pooler in front of PostgreSQL refuses the parameter "${name}". ` +
      'Remove it from DATABASE_URL, or connect to PostgreSQL directly.',
  );
}
