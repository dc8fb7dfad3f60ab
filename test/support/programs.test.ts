import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from './cleanup.ts';
import { freePort } from './ports.ts';
import { start, startServer, untilWritten } from './programs.ts';
import { listenOn } from './servers.ts';

const options = { cwd: newTemporaryDirectory('programs'), env: { PATH: process.env.PATH } };
const node = (program: string) => [process.execPath, '--eval', program];

describe('a program that a test starts', () => {
  it('says that it is not there, to whoever waits for it', async () => {
    await expect(start(['no-such-program'], options).ended).rejects.toThrow(/ENOENT/);
    await expect(startServer(['no-such-program'], await freePort(), options)).rejects.toThrow(/ENOENT/);
    await expect(untilWritten(start(['no-such-program'], options), /x/)).rejects.toThrow(/ENOENT/);
  });

  it('fails nobody who does not wait for it', async () => {
    start(['no-such-program'], options);
    await untilWritten(start(node('console.log("x")'), options), /x/);
  });

  it('may end before it has read what is typed in', async () => {
    const program = start(node('require("node:fs").closeSync(0); setTimeout(() => {}, 500)'), options);
    const typing = setInterval(() => program.write('x'.repeat(100_000)), 20);
    expect((await program.ended).code).toBe(0);
    clearInterval(typing);
  });

  it('tells why it ended before it served', async () => {
    const program = startServer(node('console.error("no"); process.exit(3)'), await freePort(), options);
    await expect(program).rejects.toThrow(/ended with 3:\nno/);
  });

  it('is not taken for another program on its port', async () => {
    const { port } = await listenOn(createServer());
    await expect(startServer(node(''), port, options)).rejects.toThrow(/in use/);
  });

  it('ends with what it started', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const launch = `require('node:child_process').spawn(process.execPath, ['--eval', '${child}'], { stdio: 'inherit' })`;
    const program = start(node(`${launch}.once('spawn', () => console.log('launched')); ${child}`), options);
    await untilWritten(program, /launched/);
    // Its output ends when nobody has it open any more.
    await program.stop();
  });
});
