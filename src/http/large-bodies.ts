import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyLimit } from './limits.ts';
import { Problem } from './problem.ts';

/** Bytes of large bodies that are admitted at once. A decoded body takes a few times its size in memory. */
const maxBytes = 16 * 1024 * 1024;
const retryAfterSeconds = 5;

/**
 * Limits the large bodies that are read at the same time: one per user, and {@link maxBytes} together. A body within
 * {@link bodyLimit} is not counted. Create it once per server.
 */
export class LargeBodies {
  /** The bytes reserved, by user. */
  readonly #reserved = new Map<number, number>();

  /**
   * Reserves memory for the body of this request before it is read, and releases it when the response is closed, even
   * if the connection was aborted. `limit`: the maximum size of the body in bytes.
   * @throws {Problem} 503
   */
  admit(userId: number, limit: number, request: FastifyRequest, reply: FastifyReply): void {
    const contentLength = request.headers['content-length'];
    // A chunked body does not announce its length, so it reserves the maximum.
    const bytes = contentLength === undefined ? limit : Number(contentLength);
    // A closed connection emits no further `close`, so its reservation would never be released.
    if (bytes <= bodyLimit || reply.raw.closed) return;
    if (this.#reserved.has(userId) || this.#total() + bytes > maxBytes) {
      throw new Problem(503, 'temporarily_unavailable', 'Another large form is being read', { retryAfterSeconds });
    }
    this.#reserved.set(userId, bytes);
    reply.raw.once('close', () => this.#reserved.delete(userId));
  }

  #total(): number {
    let total = 0;
    for (const bytes of this.#reserved.values()) total += bytes;
    return total;
  }
}
