/** Databases on the PostgreSQL server of the run. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from '../run/setup.ts';

/** Creates a database on the server at `url`, and returns its URL. The server deletes it when the run ends. */
export async function createDatabase(url = inject('postgres').url): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(`${url}/postgres`, `create database ${name}`);
  return `${url}/${name}`;
}

let databaseOfThisFile: Promise<string> | undefined;

/**
 * Creates an empty schema in the database of this test file, and returns a URL whose `search_path` is that schema. A
 * client can use it like a database of its own.
 */
export async function createSchema(): Promise<string> {
  databaseOfThisFile ??= createDatabase();
  const url = await databaseOfThisFile;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(url, `create schema ${name}`);
  return `${url}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
}

async function run(url: string, statement: string): Promise<void> {
  const client = await connect(url);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Connects to a server, which may still be starting: retries for 20 seconds. */
export async function connect(url: string): Promise<pg.Client> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (cause) {
      const log = inject('postgres').log;
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`, { cause });
      await new Promise((again) => setTimeout(again, 100));
    }
  }
}
