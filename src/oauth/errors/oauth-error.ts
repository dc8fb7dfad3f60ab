import type { Endpoint } from './endpoints.ts';
import { type Cause, type DetailsOf, errorRows, type OAuthErrorCode } from './index.ts';
import type { ErrorRow } from './row.ts';
import { statusOf } from './status.ts';

/** What the application's developers are shown beside the cause. */
interface Shown {
  readonly expected?: readonly string[];
  readonly received?: string | undefined;
}

/** The details of any cause. {@link DetailsOf} has those of each. */
interface Details extends Shown {
  readonly text?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
}

/** The error response. `description` is for the client's developer. */
interface ErrorResponse {
  readonly error: OAuthErrorCode;
  readonly status: number;
  readonly description: string;
}

/** An error of an OAuth endpoint. Its cause names the row of the table of errors. */
export class OAuthError<Of extends Cause = Cause> extends Error {
  override readonly name = 'OAuthError';
  override readonly cause: Of;
  readonly shown: Shown;
  readonly retryAfterSeconds: number | undefined;
  /** The application whose request it was, once that is known. */
  applicationId: string | undefined;
  /** The client ID, as far as it may be logged. */
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

  get row(): ErrorRow<OAuthErrorCode> {
    return errorRows[this.cause];
  }

  /** The response of an endpoint. `undefined`: of any other page of the site. */
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

/** Refuses a request: throws the error with this cause. */
export function refuse<Of extends Cause>(cause: Of, ...details: DetailsOf[Of]): never {
  throw new OAuthError(cause, ...details);
}

/** Runs `work`, and adds the application to an {@link OAuthError} that it throws. */
export async function attributed<Result>(applicationId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof OAuthError) thrown.applicationId = applicationId;
    throw thrown;
  }
}
