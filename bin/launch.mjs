// Starts a program and forwards signals to it, so that a service manager controls it through this process. Plain
// JavaScript for Node 20 or newer, because it runs on the installed Node.
import { spawn } from 'node:child_process';

/** The signals that a program can receive. Node itself uses SIGUSR1. */
const forwarded = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Environment variable with the process ID of the launcher of this process. */
const launcherVariable = 'INSIDERS_LAUNCHER_PID';

/** The environment for a program that should end with this process: see {@link hangUpWithParent}. */
export const launcherEnvironment = { ...process.env, [launcherVariable]: String(process.pid) };

/**
 * Runs a program on the terminal of this process, and forwards signals to it. Resolves when it ends.
 * @returns its exit code, or the signal that ended it
 */
export function launch(file, args, options = {}) {
  const child = spawn(file, args, { stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  for (const signal of forwarded) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of forwarded) process.off(each, forward);
      resolve({ code, signal });
    });
  });
}

/** Ends this process with the exit code or the signal of the program, so that its parent sees the same. */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code);
  process.kill(process.pid, signal);
}

const pollMs = 500;

/**
 * Sends SIGHUP to this process when its parent has ended without forwarding a signal: a launcher after SIGKILL, or the
 * shell that npm starts in between. Does nothing for other parents, so that `nohup` keeps it running.
 */
export function hangUpWithParent() {
  const launcher = process.env[launcherVariable];
  delete process.env[launcherVariable];
  if (launcher === undefined && !process.env.npm_command) return;
  const parent = Number(launcher ?? process.ppid);
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGHUP');
  }, pollMs);
  timer.unref();
}
