import { Breakable } from './breakable.tsx';

/** A value that is compared to the letter, such as a client ID. */
export function Literal({ children }: { readonly children: string }) {
  return (
    <code>
      <Breakable>{children}</Breakable>
    </code>
  );
}

/** Such values, for example callbacks, each on a line of its own. */
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
