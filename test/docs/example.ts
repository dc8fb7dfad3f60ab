/** Runs the example programs of a language, and checks how they fail. */
import { expect } from 'vitest';
import { type ExitResult, type ProcessOptions, runToEnd } from '../support/processes/processes.ts';
import type { TestApplication, TestUser } from '../support/site/fixtures.ts';
import type { TestServer } from '../support/site/site.ts';
import { builtFile, environment, fileOf, type Toolchain } from './toolchains.ts';

type Values = Readonly<Record<string, string>>;

/** The example programs of one language, and the server that they talk to. */
export class Example {
  readonly toolchain: Toolchain;
  readonly site: TestServer;
  readonly home: string;
  /** The IDs of the programs that were run. */
  readonly ran = new Set<string>();
  readonly #person: () => TestUser;

  /** `person` owns two devices and has released a third one. `home` is a temporary directory. */
  constructor(toolchain: Toolchain, site: TestServer, home: string, person: () => TestUser) {
    this.toolchain = toolchain;
    this.site = site;
    this.home = home;
    this.#person = person;
  }

  get person(): TestUser {
    return this.#person();
  }

  /** The command that runs a program. */
  command(id: string): readonly string[] {
    const { toolchain } = this;
    this.ran.add(id);
    return toolchain.command(fileOf(toolchain, id), builtFile(toolchain, this.home, id));
  }

  /** The command that runs a program with pages of its own. */
  serverCommand(id: string, port: number): readonly string[] {
    const command = this.command(id);
    return this.toolchain.serve?.(fileOf(this.toolchain, id), port) ?? command;
  }

  options(values: Values, cwd = this.home): ProcessOptions {
    return { cwd, env: environment(this.home, { INSIDERS_URL: this.site.url, ...values }) };
  }

  /** Runs a program until it exits. */
  run(id: string, values: Values, cwd = this.home): Promise<ExitResult> {
    return runToEnd(this.command(id), this.options(values, cwd));
  }
}

export const wrongSecret = 'wrong-and-not-a-secret';

/** Matches stack traces, which programs must not print or show. */
export const traces = /Traceback|goroutine|Exception in|Unhandled exception|Fatal error|Stack trace|\bat .+[:(]\d+/;

/** The variables with the credentials of an application. */
export function credentials(application: TestApplication, secret = application.clientSecret ?? '') {
  return { INSIDERS_CLIENT_ID: application.clientId, INSIDERS_CLIENT_SECRET: secret };
}

/** Expects an exit code other than 0, the reason on standard error, and no stack trace. */
export function expectFailure({ code, stdout, stderr }: ExitResult, reason: RegExp): void {
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(traces);
  expect(stdout).not.toMatch(/Success|You currently own/);
  expect(code).not.toBe(0);
  expect(code).not.toBeNull();
}
