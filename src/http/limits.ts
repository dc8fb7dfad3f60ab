/** The maximum size of a request body in bytes, unless its route sets another. */
export const bodyLimit = 64 * 1024;

/** {@link bodyLimit} as people write it: `64 kB`. */
export const maxBodyBytes = sizeText(bodyLimit);

/** API requests per minute that one sandbox may send to one node. */
export const sandboxRequestsPerMinute = 60;

/** A size in bytes as people write it: `64 kB`, `8 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${Math.round(bytes / 1024 / 1024)} MB`;
}
