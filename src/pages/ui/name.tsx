/** What would turn, hide or overlap the text around a name. */
const disturbing = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

/** A name that somebody else chose: it can't reorder the sentence it stands in. */
export function Name({ children }: { readonly children: string }) {
  return <bdi class="name">{children.replace(disturbing, '')}</bdi>;
}

/** A sentence whose second and fourth parts are names. */
export function Sentence({ parts }: { readonly parts: readonly string[] }) {
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <Name key={`${index} ${part}`}>{part}</Name>))}</>;
}
