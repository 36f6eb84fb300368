/** Joiners are parts of words and emoji in many scripts; everything else of these kinds is for machines. */
const UNPRINTABLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escape = (text: string): string =>
  Array.from({ length: text.length }, (_none, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

/**
 * Text from anybody as a terminal may show it: what moves the cursor, recolours, renames the window, reverses the
 * reading order or is not to be seen stands there as `\u001b`. JSON stays the same JSON.
 */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escape)

/** The same on one line, for cells and lists where a new line would look like one of ours. */
export const printableLine = (text: string): string => printable(text).replace(/[\n\t]/g, escape)
