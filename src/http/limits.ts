/** The most bytes of a body, unless its page says otherwise. */
export const bodyLimit = 64 * 1024;

/** API requests that a sandbox may send to one node in a minute: enough to try things out. */
export const sandboxRequestsPerMinute = 60;

/** Where whoever holds a leaked secret or token ends it. */
export const reportLeakPath = '/oauth2/report-leak/';
