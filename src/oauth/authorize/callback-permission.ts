import type { Application } from '../../ports/store/index.ts';
import type { TrustedRequest } from './checks.ts';

declare const decided: unique symbol;

/**
 * A request whose viewer may be sent to its callback. Only {@link permitCallback} creates one, and a response to a
 * callback can't be written without it.
 */
export type CallbackPermitted<Request extends TrustedRequest = TrustedRequest> = Request & { readonly [decided]: true };

/** The logged-in user of the browser. */
export interface CallbackViewer {
  readonly userId: number;
  /** Whether the user is a member of the application. */
  readonly isMember: boolean;
}

/** Whether the application may get access to this user's data. A sandbox gets access to its test user's only. */
export function mayActFor({ sandboxUserId }: Pick<Application, 'sandboxUserId'>, userId: number): boolean {
  return sandboxUserId === null || sandboxUserId === userId;
}

/**
 * Decides whether the viewer's browser may be sent to the callback, with a code or with an error; `undefined`: it may
 * not. The callbacks of a sandbox are not reviewed, so it redirects only its test user and its members. Otherwise
 * anyone could create a sandbox and use this server as an open redirector (RFC 9700 4.11.2).
 */
export function permitCallback<Request extends TrustedRequest>(
  request: Request,
  viewer: CallbackViewer,
): CallbackPermitted<Request> | undefined {
  const permitted = mayActFor(request.application, viewer.userId) || viewer.isMember;
  return permitted ? (request as CallbackPermitted<Request>) : undefined;
}
