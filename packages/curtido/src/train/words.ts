/** @module Yes and no in words, whatever their case and accents. */

const YES = new Set("si yes y s true t verdadero v cierto oui vrai ja wahr sim".split(" "));
const NO = new Set("no n false f falso non faux nein falsch nao".split(" "));

/** A text without case and accents. */
function folded(text: string): string {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Which text each spelling of yes and no stands for: the most frequent one of its meaning. `undefined` where other texts are
 * there too, where only one of both is, or where each is spelled in one way.
 *
 * @param counts - how often each text is there
 * @example
 * booleanSpellings(new Map([["Sí", 3], ["si", 1], ["no", 2]])); // { si: "Sí" }
 */
export function booleanSpellings(counts: ReadonlyMap<string, number>): Readonly<Record<string, string>> | undefined {
  if (counts.size > YES.size + NO.size || counts.size <= 2) return undefined;
  const groups: Record<"yes" | "no", string[]> = { yes: [], no: [] };
  for (const text of counts.keys()) {
    const word = folded(text);
    const group = YES.has(word) ? groups.yes : NO.has(word) ? groups.no : undefined;
    if (group === undefined) return undefined;
    group.push(text);
  }
  if (groups.yes.length === 0 || groups.no.length === 0) return undefined;
  const pairs = Object.values(groups).flatMap((texts) => {
    const most = texts.reduce((best, text) => (counts.get(text)! > counts.get(best)! ? text : best));
    return texts.filter((text) => text !== most).map((text) => [text, most] as const);
  });
  return Object.fromEntries(pairs);
}

/** Words that are also written with an accent. */
const ACCENTED: Readonly<Record<string, string>> = { si: "sí", nao: "não" };

/**
 * The spellings and those of the same words in other cases, with their accents and without: rows to come may have them.
 *
 * @param texts - all that the column holds
 * @example
 * withCases({ SI: "si" }, ["si", "SI", "no"])["Sí"]; // "si"
 */
export function withCases(
  spellings: Readonly<Record<string, string>>,
  texts: Iterable<string>,
): Readonly<Record<string, string>> {
  const known = [...texts];
  const pairs = known.flatMap((text) => {
    const word = folded(text);
    const forms = [text.toLowerCase(), word, ACCENTED[word] ?? word].flatMap((form) => [
      form,
      form.slice(0, 1).toUpperCase() + form.slice(1),
      form.toUpperCase(),
    ]);
    return forms.filter((form) => !known.includes(form)).map((form) => [form, spellings[text] ?? text] as const);
  });
  return { ...Object.fromEntries(pairs), ...spellings };
}
