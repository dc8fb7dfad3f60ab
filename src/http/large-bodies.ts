import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyLimit } from './limits.ts';
import { Problem } from './problem.ts';

/** Bytes of large bodies that are held at once; what is made of a body takes a few times as much. */
const maxBytes = 16 * 1024 * 1024;
const retryAfterSeconds = 5;

/**
 * Limits the large bodies that are read at the same time: one for each user, and {@link maxBytes} in all. A body
 * within the common limit is not counted. Create it once.
 */
export class LargeBodies {
  readonly #held = new Map<number, number>();

  /**
   * Reserves room for the body of this request before it is read, and releases it when the connection is done with the
   * request, however it ends. `limit`: the maximum size of the body in bytes.
   * @throws {Problem} 503
   */
  admit(userId: number, limit: number, request: FastifyRequest, reply: FastifyReply): void {
    const announced = request.headers['content-length'];
    // A body in chunks doesn't say how long it is.
    const bytes = announced === undefined ? limit : Number(announced);
    // Of a connection that is gone already nothing more is read, and nothing would give the place back.
    if (bytes <= bodyLimit || reply.raw.closed) return;
    if (this.#held.has(userId) || this.#total() + bytes > maxBytes) {
      throw new Problem(503, 'temporarily_unavailable', 'Another large form is being read', { retryAfterSeconds });
    }
    this.#held.set(userId, bytes);
    reply.raw.once('close', () => this.#held.delete(userId));
  }

  #total(): number {
    let total = 0;
    for (const bytes of this.#held.values()) total += bytes;
    return total;
  }
}
