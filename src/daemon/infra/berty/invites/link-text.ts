import type { SnetError } from '../../../../shared/errors.js'
import type { LinkFields } from './link-fields.js'

const STARTS = ['berty://', 'https://berty.tech/id#']

export function isLinkText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64).toString('utf8').trimStart().toLowerCase()
  return STARTS.some((each) => start.startsWith(each))
}

export function readLinkText(_text: string, refused: (problem: string) => SnetError): LinkFields {
  throw refused('links are not read yet')
}
