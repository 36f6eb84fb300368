import { messageOf, SnetError } from '../shared/errors.js'
import { cutShort } from '../shared/short-text.js'

const MAX_TOLD = 5

/** The error for proto files of which nothing can be used. */
export function unusable(reasons: readonly string[]): SnetError {
  const more = reasons.length - MAX_TOLD
  const told = [...reasons.slice(0, MAX_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
  return new SnetError('invalid-config', `the proto files of the service cannot be compiled: ${told}`, {
    hint: 'Publish all files that the service imports in one archive; protoc has to accept them.',
  })
}

/** What is wrong in a file, and where: with the line that the words are about when they name none. */
export function faultIn(file: string, text: string, thrown: unknown): string {
  const message = cutShort(messageOf(thrown), 200)
  const line = message.includes('line ') ? undefined : lineOf(text, message)
  return `${file}: ${message}${line === undefined ? '' : ` (line ${line})`}`
}

function lineOf(text: string, message: string): number | undefined {
  const [, quoted] = /(?:'|type: )([\w.]+)/.exec(message) ?? []
  const [, owner] = /\b(?:Type|Enum|Service) (?:[\w.]*\.)?(\w+)/.exec(message) ?? []
  const at =
    quoted !== undefined
      ? text.lastIndexOf(quoted)
      : text.search(new RegExp(`\\b(message|enum|service)\\s+${owner ?? ''}\\b`))
  return at < 0 ? undefined : text.slice(0, at).split('\n').length
}
