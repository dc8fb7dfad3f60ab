import { Breakable } from './breakable.tsx';

/** A value as inline code, such as a client ID. It may wrap after its separators. */
export function Literal({ children }: { readonly children: string }) {
  return (
    <code>
      <Breakable>{children}</Breakable>
    </code>
  );
}

/** A list of such values, for example callbacks. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul class="plain">
      {lines.map((line) => (
        <li key={line}>
          <Literal>{line}</Literal>
        </li>
      ))}
    </ul>
  );
}
