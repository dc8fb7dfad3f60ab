/** The prefixes of our secrets: scanners recognise a leaked one, and one kind is never taken for another. */
export const tokenPrefix = {
  access: 'insiders_at_',
  refresh: 'insiders_rt_',
  code: 'insiders_code_',
} as const;
