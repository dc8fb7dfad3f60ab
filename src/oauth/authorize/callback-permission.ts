import type { Application } from '../../ports/store/index.ts';
import type { TrustedRequest } from './checks.ts';

declare const decided: unique symbol;

/**
 * A request whose viewer may be sent to its callback. Only {@link permitCallback} creates one, and no
 * response goes to a callback without it.
 */
export type CallbackPermitted<Request extends TrustedRequest = TrustedRequest> = Request & { readonly [decided]: true };

/** Who is in front of the browser. */
export interface CallbackViewer {
  readonly userId: number;
  /** One of the people of the application. */
  readonly isMember: boolean;
}

/** Whether this user may let the application act for them. A sandbox acts for its test user only. */
export function mayActFor({ sandboxUserId }: Pick<Application, 'sandboxUserId'>, userId: number): boolean {
  return sandboxUserId === null || sandboxUserId === userId;
}

/**
 * Decides whether the viewer's browser may be sent to the callback, with a code or with an error; `undefined`: it may
 * not. Nobody has reviewed the callbacks of a sandbox, so only its test user and its members go there: otherwise
 * anybody could make an open redirector of us (RFC 9700 4.11.2).
 */
export function permitCallback<Request extends TrustedRequest>(
  request: Request,
  viewer: CallbackViewer,
): CallbackPermitted<Request> | undefined {
  const may = mayActFor(request.application, viewer.userId) || viewer.isMember;
  return may ? (request as CallbackPermitted<Request>) : undefined;
}
