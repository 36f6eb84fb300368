/** Names and indexes from the root of a JSON text to one of its values. */
export type JsonPath = readonly (string | number)[]

/** As a person writes it: `inner.list[3].text`; empty for the root. */
export const fieldPath = (path: JsonPath): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
