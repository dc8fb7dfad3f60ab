import { LongValue } from './breakable.tsx';

/** A value as inline code, such as a client ID. It may wrap after its separators. */
export function InlineCode({ children }: { readonly children: string }) {
  return (
    <code>
      <LongValue>{children}</LongValue>
    </code>
  );
}

/** A list of such values, for example callbacks. */
export function CodeList({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul class="plain">
      {lines.map((line) => (
        <li key={line}>
          <InlineCode>{line}</InlineCode>
        </li>
      ))}
    </ul>
  );
}
