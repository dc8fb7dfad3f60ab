import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from './postgres-server.ts';

/** A new database of its own for the tests that ask. `drop` ends all its connections. */
export async function createDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const { url } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name}`);
  return { url: `${url}/${name}`, drop: () => administer(`drop database ${name} with (force)`) };
}

async function administer(statement: string): Promise<void> {
  const client = await connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The server may still be starting. */
async function connect(): Promise<pg.Client> {
  const { url, log } = inject('postgres');
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    try {
      await client.connect();
      return client;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`, { cause });
      await new Promise((again) => setTimeout(again, 100));
    }
  }
}
