// Starts a program and passes signals on to it, so that a service manager controls it through this process. Plain
// JavaScript for any Node from 20 on, because it runs on the Node that is installed.
import { spawn } from 'node:child_process';

/** What ends a program, or tells it something. SIGUSR1 is Node's own. */
const passedOn = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Names the process that launched this one, in the environment. */
const launcher = 'INSIDERS_LAUNCHER_PID';

/** The environment of a command line that hangs up with this process: see {@link hangUpWithStarter}. */
export const launchedByThis = { ...process.env, [launcher]: String(process.pid) };

/**
 * Runs a program to its end, on the terminal of this one; signals to this process go to it.
 * @returns its exit code, or the signal that ended it
 */
export function launch(file, args, options = {}) {
  const child = spawn(file, args, { stdio: 'inherit', ...options });
  const passOn = (signal) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, passOn);
  return new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => {
      for (const each of passedOn) process.off(each, passOn);
      ended({ code, signal });
    });
  });
}

/** Ends this process with the exit code or signal of that program, so that its parent sees the same. */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code);
  process.kill(process.pid, signal);
}

const lookEveryMs = 500;

/**
 * Sends SIGHUP to this process once the one that started it is gone without passing a signal on: a launcher after
 * SIGKILL, or the shell that npm puts in between. Anybody else may leave it running, as with nohup.
 */
export function hangUpWithStarter() {
  const named = process.env[launcher];
  delete process.env[launcher];
  if (named === undefined && !process.env.npm_command) return;
  const starter = Number(named ?? process.ppid);
  const look = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGHUP');
  }, lookEveryMs);
  look.unref();
}
