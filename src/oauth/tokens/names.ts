/** What our secrets start with, so that a leaked one can be recognised by a scanner, and one kind is never taken for another. */
export const tokenPrefix = {
  access: 'insiders_at_',
  refresh: 'insiders_rt_',
  code: 'insiders_code_',
} as const;
