/**
 * Paging: walks through all pages of the devices that a person owns or has owned.
 *
 * Run:   ACCESS_TOKEN=... node paging.ts
 * Needs: Node 24 or later, no packages
 */
import { setTimeout as wait } from 'node:timers/promises';

const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const timeoutMs = 10_000;
const tries = 5;

interface Device {
  id: number;
  serial_number: string;
  device_name: string;
  custom_name: string;
}

interface Page {
  count: number;
  /** The number of the next page; null on the last. */
  next: number | null;
  results: Device[];
}

/** All devices, one after the other; each page is fetched when it is needed. */
async function* devices(accessToken: string): AsyncGenerator<Device> {
  let page: number | null = 1;
  while (page !== null) {
    const answer: Page = await get(`/api/v1/devices/?page=${page}&limit=100`, accessToken);
    yield* answer.results;
    page = answer.next;
  }
}

async function get(path: string, accessToken: string): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(insidersUrl + path, {
      headers: { Authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status === 200) return (await answer.json()) as Page;
    if (answer.status !== 429 || attempt === tries) {
      const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
      const { detail = '' } = isJson ? ((await answer.json()) as { detail?: string }) : {};
      throw new Error(`/api/v1/devices/ answered ${answer.status}: ${detail}`);
    }
    const seconds = Number(answer.headers.get('Retry-After') ?? 1);
    console.error(`Too many requests: waiting ${seconds} s`);
    await wait(seconds * 1000);
  }
}

try {
  const accessToken = process.env.ACCESS_TOKEN ?? '';
  if (accessToken === '') throw new Error('ACCESS_TOKEN is not set');
  let number = 0;
  for await (const device of devices(accessToken)) {
    console.log(device.serial_number, device.custom_name);
    number += 1;
  }
  console.log(`${number} devices`);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
