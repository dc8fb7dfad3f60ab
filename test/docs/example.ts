/** What the suites of the example programs share: how one is run, and what its failures look like. */
import { expect } from 'vitest';
import type { Person, TestApplication } from '../support/people.ts';
import { type ExitResult, type ProcessOptions, runToEnd } from '../support/programs.ts';
import type { Site } from '../support/server.ts';
import { builtFile, environment, fileOf, type Toolchain } from './toolchains.ts';

type Values = Readonly<Record<string, string>>;

/** The example programs of one language, and the server that they talk to. */
export class Example {
  readonly toolchain: Toolchain;
  readonly site: Site;
  readonly home: string;
  /** The files that were run. */
  readonly ran = new Set<string>();
  readonly #person: () => Person;

  /** `person` owns two devices, and owned a third one earlier. `home` is a directory that is thrown away. */
  constructor(toolchain: Toolchain, site: Site, home: string, person: () => Person) {
    this.toolchain = toolchain;
    this.site = site;
    this.home = home;
    this.#person = person;
  }

  get person(): Person {
    return this.#person();
  }

  command(id: string): readonly string[] {
    const { toolchain } = this;
    this.ran.add(id);
    return toolchain.command(fileOf(toolchain, id), builtFile(toolchain, this.home, id));
  }

  /** The command for a program that serves pages. */
  serverCommand(id: string, port: number): readonly string[] {
    const plain = this.command(id);
    return this.toolchain.serve?.(fileOf(this.toolchain, id), port) ?? plain;
  }

  options(values: Values, cwd = this.home): ProcessOptions {
    return { cwd, env: environment(this.home, { INSIDERS_URL: this.site.url, ...values }) };
  }

  run(id: string, values: Values, cwd = this.home): Promise<ExitResult> {
    return runToEnd(this.command(id), this.options(values, cwd));
  }
}

export const wrongSecret = 'wrong-and-not-a-secret';

/** What a person must never be shown. */
export const traces = /Traceback|goroutine|Exception in|Unhandled exception|Fatal error|Stack trace|\bat .+[:(]\d+/;

export function credentials(application: TestApplication, secret = application.clientSecret ?? '') {
  return { INSIDERS_CLIENT_ID: application.clientId, INSIDERS_CLIENT_SECRET: secret };
}

/** A program that ended with a reason, and with a code that says so. */
export function expectFailure({ code, stdout, stderr }: ExitResult, reason: RegExp): void {
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(traces);
  expect(stdout).not.toMatch(/Success|You currently own/);
  expect(code).not.toBe(0);
  expect(code).not.toBeNull();
}
