import type { Interfaces } from '@oclif/core'

/** The names this program is installed under; both offer every command. */
const PROGRAM_NAMES = ['snetd', 'infra'] as const
export type ProgramName = (typeof PROGRAM_NAMES)[number]

/**
 * The package description under the name that was typed: help, examples and hints speak it.
 *
 * It has to be handed to oclif before it loads: a later change of `config.bin` is lost. The other names stay as aliases,
 * so that variables such as `SNETD_DEBUG` and `INFRA_DEBUG` count under each of them.
 */
export function packageNamed(name: ProgramName, pjson: Interfaces.PJSON): Interfaces.PJSON {
  return { ...pjson, oclif: { ...pjson.oclif, bin: name, binAliases: [...PROGRAM_NAMES] } }
}
