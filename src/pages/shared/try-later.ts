/** The status of a page that asks to try again later, for each reason. */
export const tryLaterStatus = { throttled: 429, busy: 503 } as const;
