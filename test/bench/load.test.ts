import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check, type Load, measure } from '../../bench/load.ts';

type Answer = (sent: string) => { readonly status: number; readonly echo: string };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A load on a server that answers like this, with bodies that are all different. */
async function loadOn(answer: Answer): Promise<Load> {
  const server = createServer(async (request, response) => {
    const { status, echo } = answer(await bodyOf(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ echo }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  let turn = 0;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    method: 'POST',
    headers: {},
    varies: 'body',
    next: () => `token ${turn++}`,
    different: 1_000_000,
    isAnswerTo: (sent, { echo }) => echo === sent,
  };
}

/** `usual`, but once `other`: in the fifth place. */
function onceIn(usual: Answer, other: Answer): Answer {
  let answers = 0;
  return (sent) => {
    answers += 1;
    return answers === 5 ? other(sent) : usual(sent);
  };
}

const right: Answer = (sent) => ({ status: 200, echo: sent });

describe('a figure of the benchmark', () => {
  it('is of different requests that were all answered with 200', async () => {
    const measured = await measure(await loadOn(right), 1);
    expect(measured.perSecond).toBeGreaterThan(0);
    expect(measured.sent.size).toBeGreaterThanOrEqual(measured.answers);
  });

  it.each([201, 400])('is refused if an answer is %i', async (status) => {
    const load = await loadOn(onceIn(right, (sent) => ({ status, echo: sent })));
    await expect(measure(load, 1)).rejects.toThrow(`1 answers ${status}`);
  });

  it('is refused if one token is sent again and again as if it were many', async () => {
    const load = await loadOn(right);
    await expect(measure({ ...load, next: () => 'token' }, 1)).rejects.toThrow(
      /: 1 different requests among \d+, instead of/,
    );
  });

  it('is refused if the tokens repeat earlier than is said', async () => {
    let turn = 0;
    const load = { ...(await loadOn(right)), next: () => `token ${turn++ % 10}`, different: 11 };
    await expect(measure(load, 1)).rejects.toThrow(/: 10 different requests among \d+, instead of 11/);
  });

  it('is of one token where that is what it is said to be', async () => {
    const load = { ...(await loadOn(right)), next: () => 'token', different: 1 };
    expect((await measure(load, 1)).sent).toEqual(new Set(['token']));
  });
});

describe('the check of the answers', () => {
  it('passes if each belongs to its request', async () => {
    await check(await loadOn(right), 1);
  });

  it('fails if one belongs to another request', async () => {
    const load = await loadOn(onceIn(right, () => ({ status: 200, echo: 'token of somebody else' })));
    await expect(check(load, 1)).rejects.toThrow('1 answers belong to another request');
  });
});
