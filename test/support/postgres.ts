import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from './run/setup.ts';

/**
 * Makes a database, and answers its address. It goes when its server goes, which is the one of this run unless `url`
 * names another.
 */
export async function createDatabase(url = inject('postgres').url): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(`${url}/postgres`, `create database ${name}`);
  return `${url}/${name}`;
}

let databaseOfThisFile: Promise<string> | undefined;

/**
 * A new and empty part of the one database of this test file, as an address: to whoever uses it, it looks like a
 * database.
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

/** Connects; the server may still be starting. */
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
