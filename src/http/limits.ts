/** The most bytes of a body, unless its page says otherwise. */
export const bodyLimit = 64 * 1024;

/** The same as people write it. */
export const maxBodyBytes = sizeText(bodyLimit);

/** API requests that a sandbox may send to one node in a minute: enough to try things out. */
export const sandboxRequestsPerMinute = 60;

/** Where whoever holds a leaked secret or token ends it. */
export const reportLeakPath = '/oauth2/report-leak/';

/** A size in bytes as people write it: `64 kB`, `8 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${Math.round(bytes / 1024 / 1024)} MB`;
}
