/** Letters of other scripts, and digits, that look like Latin letters in most typefaces. */
const LOOK_ALIKES: { readonly [character: string]: string } = {
  а: "a", в: "b", с: "c", ԁ: "d", е: "e", һ: "h", і: "i", ј: "j", к: "k", ӏ: "l", м: "m", н: "h", о: "o", р: "p", ѕ: "s", т: "t",
  у: "y", х: "x", ѵ: "v", ԝ: "w", α: "a", ε: "e", ι: "i", κ: "k", ν: "v", ο: "o", ρ: "p", τ: "t", υ: "u", χ: "x", ı: "i",
  ɡ: "g", ո: "n", ս: "u", օ: "o", "0": "o", "1": "l", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", _: "-",
};

/** What is left of a name when everything is removed that readers overlook: case, look-alike letters, kinds of dashes. */
export function skeletonOf(name: string): string {
  let skeleton = "";
  for (const character of name.normalize("NFKC").toLowerCase()) skeleton += LOOK_ALIKES[character] ?? character;
  return skeleton;
}
