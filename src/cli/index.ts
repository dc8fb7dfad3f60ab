import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/load.ts';
import { HashingBusy } from '../ports/password-hasher.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { BackupError } from '../storage/backup/errors.ts';
import { UnsupportedDatabase } from '../storage/core/errors.ts';
import { KeyRingError } from '../system/key-file.ts';
import { CommandError } from './command.ts';
import { applicationCommand } from './commands/application.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { deviceCommand } from './commands/device.ts';
import { doctorCommand } from './commands/doctor.ts';
import { keysCommand } from './commands/keys.ts';
import { mailCommand } from './commands/mail.ts';
import { migrateCommand } from './commands/migrate.ts';
import { registrationCommand } from './commands/registration.ts';
import { restoreCommand } from './commands/restore.ts';
import { serveCommand } from './commands/serve.ts';
import { userCommand } from './commands/user.ts';

/** Every command. A new one is a file in `commands/` and its line here. */
const commands = [
  serveCommand,
  userCommand,
  applicationCommand,
  deviceCommand,
  registrationCommand,
  mailCommand,
  doctorCommand,
  migrateCommand,
  backupCommand,
  restoreCommand,
  keysCommand,
  auditCommand,
];

/** Runs one command line. Sets the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('insiders')
    .description('OAuth 2.0 authorization server of the Insiders API')
    .exitOverride()
    .showHelpAfterError('Run the command with --help to see its arguments and options.');
  for (const command of commands) command(program);
  inheritExit(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Copies the settings of a command (such as `exitOverride`) to its subcommands, which don't inherit them. */
function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritExit(child);
  }
}

/** Prints an error as a sentence, without its stack. Returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${sentenceFor(error)}\n`);
  return 1;
}

function sentenceFor(error: unknown): string {
  if (error instanceof ConfigError) return ['The configuration is wrong:', ...error.problems].join('\n  ');
  if (error instanceof CommandError || error instanceof KeyRingError || error instanceof BackupError)
    return error.message;
  if (error instanceof UnsupportedDatabase) return error.message;
  if (error instanceof StoreUnavailable) return "The database can't be reached or written.";
  if (error instanceof HashingBusy) return `${error.message}. Try again in ${error.retryAfterSeconds} s.`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return 'The port is in use already; choose another with --port.';
  if (code === 'EACCES') return 'This user may not do that: check the permissions of the data directory and the port.';
  return `Unexpected: ${error instanceof Error ? error.message : 'unknown error'}`;
}
