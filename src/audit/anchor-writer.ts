import type { Clock } from '../ports/clock.ts';
import type { AuditLog } from '../ports/store/index.ts';
import { anchorText } from './anchors.ts';
import { momentText } from './text.ts';

interface AnchorOutputs {
  /** Writes an anchor to the server's log. */
  readonly log: (anchor: string) => void;
  /** Appends a line to the anchor file; `null`: there is none. It may throw. */
  readonly append: ((line: string) => void) | null;
}

/** Stores the head of the audit log outside the database. */
export class AuditAnchorWriter {
  readonly #audit: Pick<AuditLog, 'head'>;
  readonly #clock: Clock;
  readonly #outputs: AnchorOutputs;
  #logged = '';
  #appended = '';

  constructor(audit: Pick<AuditLog, 'head'>, clock: Clock, outputs: AnchorOutputs) {
    this.#audit = audit;
    this.#clock = clock;
    this.#outputs = outputs;
  }

  /**
   * Writes the head to each output, unless it was the last one that was written there.
   * @throws {Error} the head can't be read, or the file can't be written: the next call tries again
   */
  async write(): Promise<void> {
    const head = await this.#audit.head();
    if (head === undefined) return;
    const anchor = anchorText(head);
    const { log, append } = this.#outputs;
    if (anchor !== this.#logged) log(anchor);
    this.#logged = anchor;
    if (append === null || anchor === this.#appended) return;
    append(`${momentText(this.#clock.now())} ${anchor}`);
    this.#appended = anchor;
  }
}
