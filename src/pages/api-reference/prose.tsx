/** A text; parts between backticks are shown as code. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split('`').map((part, index) => ({ part, key: `${index}:${part}`, isCode: index % 2 === 1 }));
  return <>{parts.map(({ part, key, isCode }) => (isCode ? <code key={key}>{part}</code> : part))}</>;
}
