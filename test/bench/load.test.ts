import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check, type Load, measure } from '../../bench/load.ts';

type Responder = (sent: string) => { readonly status: number; readonly echo: string };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A load on a server that responds like this. Each request has another body. */
async function loadOn(respond: Responder): Promise<Load> {
  const server = createServer(async (request, response) => {
    const { status, echo } = respond(await bodyOf(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ echo }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  let counter = 0;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    method: 'POST',
    headers: {},
    varies: 'body',
    next: () => `token ${counter++}`,
    different: 1_000_000,
    isAnswerTo: (sent, { echo }) => echo === sent,
  };
}

/** Responds like `usual`, except to the fifth request, to which it responds like `other`. */
function exceptOnce(usual: Responder, other: Responder): Responder {
  let count = 0;
  return (sent) => {
    count += 1;
    return count === 5 ? other(sent) : usual(sent);
  };
}

const echoRequest: Responder = (sent) => ({ status: 200, echo: sent });

describe('a measurement of the benchmark', () => {
  it('counts different requests whose responses are all 200', async () => {
    const measured = await measure(await loadOn(echoRequest), 1);
    expect(measured.perSecond).toBeGreaterThan(0);
    expect(measured.sent.size).toBeGreaterThanOrEqual(measured.answers);
  });

  it.each([201, 400])('fails if a response is %i', async (status) => {
    const load = await loadOn(exceptOnce(echoRequest, (sent) => ({ status, echo: sent })));
    await expect(measure(load, 1)).rejects.toThrow(`1 answers ${status}`);
  });

  it('fails if one token is sent repeatedly although many are declared', async () => {
    const load = await loadOn(echoRequest);
    await expect(measure({ ...load, next: () => 'token' }, 1)).rejects.toThrow(
      /: 1 different requests among \d+, instead of/,
    );
  });

  it('fails if the tokens repeat earlier than declared', async () => {
    let counter = 0;
    const load = { ...(await loadOn(echoRequest)), next: () => `token ${counter++ % 10}`, different: 11 };
    await expect(measure(load, 1)).rejects.toThrow(/: 10 different requests among \d+, instead of 11/);
  });

  it('may send one token if that is declared', async () => {
    const load = { ...(await loadOn(echoRequest)), next: () => 'token', different: 1 };
    expect((await measure(load, 1)).sent).toEqual(new Set(['token']));
  });
});

describe('the check of the responses', () => {
  it('passes if each response belongs to its request', async () => {
    await check(await loadOn(echoRequest), 1);
  });

  it('fails if a response belongs to another request', async () => {
    const load = await loadOn(exceptOnce(echoRequest, () => ({ status: 200, echo: 'another token' })));
    await expect(check(load, 1)).rejects.toThrow('1 answers belong to another request');
  });
});
