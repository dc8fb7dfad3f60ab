import { maxBodyBytes } from '../../http/limits.ts';
import type { Explanation } from './explanation.ts';

interface ApiError {
  readonly statuses: readonly number[];
  /** An example of the `detail` in a response. */
  readonly detail: string;
  /** `null`: the OAuth error with the same name explains it (`oauth-errors.ts`). */
  readonly explanation: Explanation | null;
}

/** The error codes of the API and of HTTP, in English. A test compares them with every code that the server sends. */
export const apiErrors = {
  invalid_request: { statuses: [400], detail: 'page must be at least 1', explanation: null },
  authentication_required: {
    statuses: [401],
    detail: 'Send an access token in the Authorization header',
    explanation: {
      meaning: 'The API was called without an access token.',
      see: 'The WWW-Authenticate header is a Bearer challenge without an error: the server found no token at all. Print the headers that your program sends, with the token cut off after a few characters.',
      causes: [
        {
          cause: 'There is no Authorization header.',
          fix: 'Send Authorization: Bearer, one space, and the access token, with every call.',
        },
        {
          cause: 'The token was sent in the query or in the body.',
          fix: 'It is read from the Authorization header and from nowhere else.',
        },
        {
          cause: 'A redirect dropped the header: some programs do not send it on.',
          fix: 'Call the address with its trailing slash, so that there is no redirect.',
        },
      ],
    },
  },
  invalid_token: {
    statuses: [401],
    detail: 'The access token is malformed, expired or revoked',
    explanation: {
      meaning: 'The access token is malformed, has expired, or was revoked.',
      see: 'The WWW-Authenticate header names error="invalid_token". Compare the age of the token with the expires_in that came with it.',
      causes: [
        { cause: 'It has expired.', fix: 'Refresh it, a minute before it expires rather than afterwards.' },
        {
          cause: 'The user disconnected the application, or the refresh token of the same response was revoked.',
          fix: 'Try to refresh once. If that returns invalid_grant, ask the user again.',
        },
        { cause: 'The application is suspended.', fix: 'Contact the support.' },
        {
          cause: 'The scheme is not Bearer, or two Authorization headers came.',
          fix: 'Send Authorization: Bearer, one space, and the access token, once.',
        },
        {
          cause:
            'A refresh token or a code was sent instead of the access token, or the token was cut off or put into quotation marks.',
          fix: 'Send the access_token of the last response, whole. Do not limit its length when you store it.',
        },
      ],
    },
  },
  not_owner: {
    statuses: [403],
    detail: 'You do not own this device now',
    explanation: {
      meaning: 'The user owned this device earlier, and does not own it now.',
      see: 'The device is in the list without current, and not in the list with current=true.',
      causes: [
        {
          cause: 'A device can be renamed and released only by its current owner.',
          fix: 'Offer these actions only for devices of the list with current=true.',
        },
        { cause: 'The device was released in the meantime.', fix: 'Load the list again.' },
      ],
    },
  },
  not_found: {
    statuses: [404],
    detail: 'There is no such device',
    explanation: {
      meaning: 'There is nothing at this address, or nothing that this user may see.',
      see: 'The detail tells a wrong address (nothing at this address, or a missing slash, with the right address) from a device or ownership that does not exist for this user.',
      causes: [
        {
          cause:
            'The trailing slash is missing, and the request was not a GET. The preflight of a browser (OPTIONS) is none either: the browser then only says that it failed to fetch.',
          fix: 'Write the address with its slash. The detail names it.',
        },
        {
          cause: 'The id belongs to a device that the user never owned.',
          fix: 'Use ids from the lists of the same user. What others own looks like what does not exist.',
        },
        {
          cause: 'Serial number and device name do not belong together.',
          fix: 'Let the user compare both with the label. Which one is wrong is not told.',
        },
        { cause: 'The id has leading zeros, or is not a number.', fix: 'Send ids as they came.' },
      ],
    },
  },
  method_not_allowed: {
    statuses: [405],
    detail: 'This address takes GET, OPTIONS, HEAD',
    explanation: {
      meaning: 'The address exists, but not with this method.',
      see: 'The Allow header lists the methods that the address takes.',
      causes: [
        { cause: 'A token request was sent with GET.', fix: 'The token and revocation endpoints take POST only.' },
        {
          cause: 'A program turned POST into GET while it followed a redirect.',
          fix: 'Call the right address at once, with its trailing slash and with https.',
        },
      ],
    },
  },
  device_owned: {
    statuses: [409],
    detail: 'Somebody else owns this device now; they have to release it first',
    explanation: {
      meaning: 'The device belongs to somebody else at the moment.',
      see: 'Serial number and device name were right; otherwise the response would be not_found.',
      causes: [
        {
          cause: 'The owner before did not release it.',
          fix: 'Ask that person to release it, in their own account or application. Then take it again.',
        },
      ],
    },
  },
  too_large: {
    statuses: [413],
    detail: `The request is larger than ${maxBodyBytes}`,
    explanation: {
      meaning: 'The body of the request is too large.',
      see: 'The detail names the limit.',
      causes: [{ cause: 'No request of this API needs so much.', fix: 'Send only the fields that are documented.' }],
    },
  },
  unsupported_media_type: {
    statuses: [415],
    detail: 'The content type must be application/json',
    explanation: {
      meaning: 'The body has a content type or an encoding that this address does not read.',
      see: 'Print the Content-Type and Content-Encoding headers that your program sends; some libraries choose them on their own.',
      causes: [
        { cause: 'The API was sent a form.', fix: 'Send JSON with Content-Type: application/json to the API.' },
        {
          cause: 'The token endpoint was sent JSON.',
          fix: 'The OAuth endpoints read forms: application/x-www-form-urlencoded.',
        },
        {
          cause: 'The body was compressed, for example with gzip.',
          fix: 'Send it as it is, without the Content-Encoding header.',
        },
      ],
    },
  },
  throttled: {
    statuses: [429],
    detail: 'Too many requests of this application; wait as long as Retry-After says',
    explanation: {
      meaning: 'Too many requests in a short time.',
      see: 'The Retry-After header says how many seconds to wait. The detail says what was counted: requests of the application, or attempts to take devices that do not exist.',
      causes: [
        {
          cause: 'The application sends more requests than one application may.',
          fix: 'Wait as long as Retry-After says. Ask for larger pages and fewer of them, and do not poll faster than data changes.',
        },
        {
          cause: 'Many serial numbers and device names that do not belong together were tried for one user.',
          fix: 'Let the user compare both with the label before the next try.',
        },
      ],
    },
  },
  server_error: { statuses: [500], detail: 'Something went wrong on our side', explanation: null },
  temporarily_unavailable: {
    statuses: [503],
    detail: 'The service is busy or being restarted; try again shortly',
    explanation: null,
  },
  foreign_form: {
    statuses: [403],
    detail: 'This form did not come from a page of ours, or its page is out of date',
    explanation: {
      meaning: 'A form of our pages was sent by something that is not the page.',
      see: 'Only forms of pages return this: logging in, creating an account, deciding about an application.',
      causes: [
        {
          cause: 'A program posts to our pages, such as the login page.',
          fix: 'Programs use the token endpoint. People log in in their own browser.',
        },
        {
          cause: 'The page is shown inside an application that keeps no cookies.',
          fix: 'Open the authorization request in the system’s browser, not in an embedded one.',
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, ApiError>>;

export type ApiErrorCode = keyof typeof apiErrors;
