/** What `insiders doctor` found out about one thing. */
export interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'warning' | 'failed';
  /** What it is, and how to fix it. */
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
