/** A sentence of the diff; words in asterisks are names. */
export function Emphasized({ text }: { readonly text: string }) {
  return <>{text.split(/\*([^*]+)\*/).map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part))}</>;
}
