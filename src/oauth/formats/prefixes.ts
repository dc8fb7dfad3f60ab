/** The prefixes of tokens and codes, by which scanners recognise a leaked one, and no kind is taken for another. */
export const tokenPrefix = {
  access: 'insiders_at_',
  refresh: 'insiders_rt_',
  code: 'insiders_code_',
} as const;
