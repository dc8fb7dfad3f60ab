/** The result of one check of `insiders doctor`. */
export interface Finding {
  /** What was checked: `database`. */
  readonly check: string;
  readonly result: 'ok' | 'warning' | 'failed';
  /** What was found, and how to fix it. */
  readonly text: string;
}

export function ok(check: string, text: string): Finding {
  return { check, result: 'ok', text };
}

export function warning(check: string, text: string): Finding {
  return { check, result: 'warning', text };
}

export function failed(check: string, text: string): Finding {
  return { check, result: 'failed', text };
}
