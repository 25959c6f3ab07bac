/** FEEL's functions that authors reach for, with their parameters; the engine knows more. A test asks the engine for each. */
export const FEEL_FUNCTIONS: readonly (readonly [name: string, parameters: string])[] = [
  ["date and time", "text"], ["date", "text"], ["time", "text"], ["duration", "text"], ["years and months duration", "from, to"],
  ["string", "value"], ["number", "text"], ["contains", "text, part"], ["starts with", "text, part"], ["ends with", "text, part"],
  ["matches", "text, pattern"], ["replace", "text, pattern, by"], ["split", "text, delimiter"], ["string join", "list, delimiter"], ["substring", "text, from, length"],
  ["substring before", "text, part"], ["substring after", "text, part"], ["string length", "text"], ["upper case", "text"], ["lower case", "text"],
  ["count", "list"], ["sum", "list"], ["min", "list"], ["max", "list"], ["mean", "list"], ["list contains", "list, element"], ["append", "list, element"],
  ["concatenate", "list, list"], ["distinct values", "list"], ["flatten", "list"], ["index of", "list, element"], ["sort", "list, function"],
  ["floor", "number"], ["ceiling", "number"], ["abs", "number"], ["modulo", "number, by"], ["round half up", "number, digits"], ["round up", "number, digits"], ["round down", "number, digits"],
  ["not", "value"], ["get value", "context, name"],
];
