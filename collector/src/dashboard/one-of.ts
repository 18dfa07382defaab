/** The given word where it is one of the words, else the usual one. */
export const oneOf = <Word extends string>(
  words: Record<Word, unknown>,
  given: string,
  usual: NoInfer<Word>,
): Word => (Object.hasOwn(words, given) ? (given as Word) : usual);
