import { Problem } from '../../http/problem.ts';

/** The pending request is decided or too old: the page says how to start again. */
export function expired(): never {
  throw new Problem(410, 'request_expired', 'This request was answered already or is too old; start again');
}
