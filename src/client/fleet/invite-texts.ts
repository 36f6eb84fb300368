import { printableLine } from '../../shared/printable.js'
import type { Answer } from './tables.js'
import type { InviteView } from './views.js'

/** What goes to stdout and what to stderr. */
export interface InviteTexts {
  readonly out: string
  readonly note: string
}

/**
 * Invites for people, with what they are, on a terminal; anywhere else the invites alone, so that a file or a pipe holds
 * what "group join" takes, and the rest beside them on stderr.
 *
 * @param notes what came of each host
 */
export function inviteTexts(
  invites: readonly InviteView[],
  notes: readonly string[],
  isTerminal: boolean,
): InviteTexts {
  const distinct = invites.filter(({ invite }, at) => invites.findIndex((one) => one.invite === invite) === at)
  if (!isTerminal) return { out: distinct.map(({ invite }) => invite).join('\n'), note: notes.join('\n') }
  return { out: [...notes, ...distinct.flatMap(linesOf)].join('\n'), note: '' }
}

const linesOf = ({ group, invite, web_url: link }: InviteView): string[] => [
  '',
  `Invite to ${printableLine(group)}; whoever has it can join and read:`,
  invite,
  ...(link === null ? [] : ['The same as a link:', printableLine(link)]),
]

export const inviteNotes = (answers: readonly Answer<InviteView>[]): string[] =>
  answers.map(({ peer, result }) => `${peer}: invite to ${printableLine(result.group)}`)
