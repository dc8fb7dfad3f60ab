import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check, type Load, measure } from '../../bench/load.ts';

type Respond = (sent: string) => { readonly status: number; readonly echo: string };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A load on a server that responds like this. All bodies are different. */
async function loadOn(respond: Respond): Promise<Load> {
  const server = createServer(async (request, response) => {
    const { status, echo } = respond(await bodyOf(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ echo }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  let requests = 0;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    method: 'POST',
    headers: {},
    varies: 'body',
    next: () => `token ${requests++}`,
    different: 1_000_000,
    isResponseTo: (sent, { echo }) => echo === sent,
  };
}

/** Responds with `usual`, but to the fifth request with `other`. */
function onceIn(usual: Respond, other: Respond): Respond {
  let requests = 0;
  return (sent) => {
    requests += 1;
    return requests === 5 ? other(sent) : usual(sent);
  };
}

const right: Respond = (sent) => ({ status: 200, echo: sent });

describe('a figure of the benchmark', () => {
  it('counts different requests, all with the response 200', async () => {
    const measured = await measure(await loadOn(right), 1);
    expect(measured.perSecond).toBeGreaterThan(0);
    expect(measured.sent.size).toBeGreaterThanOrEqual(measured.responses);
  });

  it.each([201, 400])('is refused if a response is %i', async (status) => {
    const load = await loadOn(onceIn(right, (sent) => ({ status, echo: sent })));
    await expect(measure(load, 1)).rejects.toThrow(`1 responses ${status}`);
  });

  it('is refused if one token is sent repeatedly instead of many', async () => {
    const load = await loadOn(right);
    await expect(measure({ ...load, next: () => 'token' }, 1)).rejects.toThrow(
      /: 1 different requests among \d+, instead of/,
    );
  });

  it('is refused if the tokens repeat earlier than the load says', async () => {
    let requests = 0;
    const load = { ...(await loadOn(right)), next: () => `token ${requests++ % 10}`, different: 11 };
    await expect(measure(load, 1)).rejects.toThrow(/: 10 different requests among \d+, instead of 11/);
  });

  it('is of one token if the load says so', async () => {
    const load = { ...(await loadOn(right)), next: () => 'token', different: 1 };
    expect((await measure(load, 1)).sent).toEqual(new Set(['token']));
  });
});

describe('the check of the responses', () => {
  it('passes if each response belongs to its request', async () => {
    await check(await loadOn(right), 1);
  });

  it('fails if one belongs to another request', async () => {
    const load = await loadOn(onceIn(right, () => ({ status: 200, echo: 'another token' })));
    await expect(check(load, 1)).rejects.toThrow('1 responses belong to another request');
  });
});
