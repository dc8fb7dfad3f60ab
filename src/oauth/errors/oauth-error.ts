import { type Endpoint, type OAuthErrorCode, statusOf } from './codes.ts';
import { type Cause, type DetailsOf, errorRows } from './index.ts';
import type { ErrorRow } from './row.ts';

/** What the people who run the application are shown. */
interface Shown {
  readonly expected?: readonly string[];
  readonly received?: string | undefined;
}

/** What a cause may be passed; `DetailsOf` says what it must be. */
interface Details extends Shown {
  readonly text?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
}

/** What the client gets: `description` is for its developer. */
interface ErrorResponse {
  readonly error: OAuthErrorCode;
  readonly status: number;
  readonly description: string;
}

/** A request that is refused, and why. */
export class OAuthError<Of extends Cause = Cause> extends Error {
  override readonly name = 'OAuthError';
  override readonly cause: Of;
  readonly shown: Shown;
  readonly retryAfterSeconds: number | undefined;
  /** Whose request it was, once that is known. */
  applicationId: string | undefined;
  /** The client ID as the log may have it. */
  clientId: string | undefined;
  readonly #text: Readonly<Record<string, string>>;

  constructor(cause: Of, ...[details]: DetailsOf[Of]) {
    super(cause);
    const { text = {}, retryAfterSeconds, ...shown }: Details = details ?? {};
    this.cause = cause;
    this.shown = shown;
    this.retryAfterSeconds = retryAfterSeconds;
    this.#text = text;
  }

  get row(): ErrorRow {
    return errorRows[this.cause];
  }

  /** The response at an endpoint; `undefined`: at any other page of the site. */
  responseAt(endpoint: Endpoint | undefined): ErrorResponse {
    const { row } = this;
    const { error, text, textAtAuthorize } = row;
    const template = endpoint === 'authorize' && textAtAuthorize !== undefined ? textAtAuthorize : text;
    return {
      error,
      status: statusOf(row, endpoint),
      description: template.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.#text[name] ?? ''),
    };
  }
}

/** Refuses a request: throws the error of its cause. */
export function refuse<Of extends Cause>(cause: Of, ...details: DetailsOf[Of]): never {
  throw new OAuthError(cause, ...details);
}

/** Runs what may refuse, and notes in the error whose request it was. */
export async function attributed<Result>(applicationId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof OAuthError) thrown.applicationId = applicationId;
    throw thrown;
  }
}
