import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from './cleanup.ts';
import { listenOn } from './listen.ts';
import { freePort } from './ports.ts';
import { startProcess, startServerProcess, waitForOutput } from './processes.ts';

const options = { cwd: newTemporaryDirectory('programs'), env: { PATH: process.env.PATH } };
const node = (program: string) => [process.execPath, '--eval', program];

describe('a program that a test starts', () => {
  it('rejects with ENOENT if it does not exist', async () => {
    await expect(startProcess(['no-such-program'], options).ended).rejects.toThrow(/ENOENT/);
    await expect(startServerProcess(['no-such-program'], await freePort(), options)).rejects.toThrow(/ENOENT/);
    await expect(waitForOutput(startProcess(['no-such-program'], options), /x/)).rejects.toThrow(/ENOENT/);
  });

  it('causes no unhandled rejection if nobody waits for it', async () => {
    startProcess(['no-such-program'], options);
    await waitForOutput(startProcess(node('console.log("x")'), options), /x/);
  });

  it('may exit before it has read its input', async () => {
    const program = startProcess(node('require("node:fs").closeSync(0); setTimeout(() => {}, 500)'), options);
    const typing = setInterval(() => program.write('x'.repeat(100_000)), 20);
    expect((await program.ended).code).toBe(0);
    clearInterval(typing);
  });

  it('has its output in the error if it exits before it listens', async () => {
    const program = startServerProcess(node('console.error("no"); process.exit(3)'), await freePort(), options);
    await expect(program).rejects.toThrow(/ended with 3:\nno/);
  });

  it('is not started if its port is in use', async () => {
    const { port } = await listenOn(createServer());
    await expect(startServerProcess(node(''), port, options)).rejects.toThrow(/in use/);
  });

  it('is stopped with its child processes', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const launch = `require('node:child_process').spawn(process.execPath, ['--eval', '${child}'], { stdio: 'inherit' })`;
    const program = startProcess(node(`${launch}.once('spawn', () => console.log('launched')); ${child}`), options);
    await waitForOutput(program, /launched/);
    // `ended` waits until the output is closed, also by the child process.
    await program.stop();
  });
});
