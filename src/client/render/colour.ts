import { randomBytes } from 'node:crypto'

const CODES = { red: 31, green: 32, yellow: 33 } as const
export type Colour = keyof typeof CODES

/**
 * Marks of our own colours within a text that is still to be cleaned of everything that moves a terminal. Nobody whose
 * text we show can guess it.
 */
const SEAL = `\ue000${randomBytes(8).toString('hex')}`
const MARKS = new RegExp(`${SEAL}(\\d+);`, 'g')
const mark = (code: number): string => `${SEAL}${code};`

/** Coloured if the terminal has colours and the user has not turned them off. */
export const paint = (text: string, colour: Colour | undefined): string =>
  colour === undefined || !hasColours(process.stdout, process.env) ? text : mark(CODES[colour]) + text + mark(0)

/** What the marks stand for, in a text that is clean otherwise. */
export const withColours = (clean: string): string => clean.replaceAll(MARKS, '\u001b[$1m')

/** As many columns as a terminal shows. */
export const shownLength = (text: string): number => text.replaceAll(MARKS, '').length

/** Decided by https://no-color.org and by what the terminal says of itself. */
export const hasColours = (
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean => stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
