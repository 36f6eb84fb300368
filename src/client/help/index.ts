import type { ProgramName } from '../program-name.js'
import { commandHelp } from './command-help.js'
import { findCommand } from './find-command.js'
import type { HelpRequest } from './help-request.js'
import type { Manifest } from './manifest.js'
import { rootHelp, topicHelp } from './root-help.js'

export { findCommand } from './find-command.js'
export { parseHelpRequest } from './help-request.js'
export { helpWidth } from './layout.js'
export { type Manifest, type ManifestCommand, readManifest, toManifest, typedForm } from './manifest.js'
export { isShown } from './command-help.js'

export interface HelpOptions {
  readonly program: ProgramName
  readonly description: string
  readonly width: number
}

/** The text that a request for help is answered with. Error: `invalid-request` for a command that there is none of. */
export function helpText({ words, isAll }: HelpRequest, manifest: Manifest, options: HelpOptions): string {
  if (words.length === 0) return rootHelp(manifest, options)
  const found = findCommand(words, manifest, options.program)
  return found.kind === 'topic'
    ? topicHelp(found.topic, manifest, options)
    : commandHelp(found.command, { ...options, isAll })
}
