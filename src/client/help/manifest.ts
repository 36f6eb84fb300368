import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../shared/package.js'

/** What oclif's manifest says of a flag, as far as help and completion read it. */
export interface ManifestFlag {
  readonly name: string
  readonly type: string
  readonly char?: string
  readonly summary?: string
  readonly description?: string
  readonly default?: unknown
  readonly required?: boolean
  readonly options?: readonly string[]
  readonly helpValue?: string | readonly string[]
  readonly helpGroup?: string
  readonly hidden?: boolean
}

export interface ManifestArg {
  readonly name: string
  readonly description?: string
  readonly required?: boolean
  readonly options?: readonly string[]
  readonly hidden?: boolean
}

export interface ManifestCommand {
  /** Words joined by colons. */
  readonly id: string
  readonly summary?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly args: Readonly<Record<string, ManifestArg>>
  readonly flags: Readonly<Record<string, ManifestFlag>>
  readonly hidden?: boolean
  /** The flags that short help shows, where a command has too many for a screen. */
  readonly commonFlags?: readonly string[]
  /** Whom the command is for, if its topic has commands for different people. */
  readonly audience?: string
}

export interface ManifestTopic {
  readonly name: string
  readonly description?: string
}

/** Everything that help, completion and the search for a command need; no command is loaded for it. */
export interface Manifest {
  /** Sorted by id; hidden ones among them. */
  readonly commands: readonly ManifestCommand[]
  readonly topics: readonly ManifestTopic[]
}

/** The written form of a command's id. */
export const typedForm = (id: string): string => id.replaceAll(':', ' ')

export const readManifest = (): { readonly commands: Readonly<Record<string, ManifestCommand>> } =>
  JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, ManifestCommand>
  }

/** The topics that the package describes, and those that appear only in ids of commands. */
export function toManifest(
  commands: readonly ManifestCommand[],
  described: Readonly<Record<string, { readonly description?: string }>>,
): Manifest {
  const names = commands.flatMap(({ id, hidden }) => {
    const words = hidden ? [] : id.split(':')
    return words.slice(1).map((_word, at) => words.slice(0, at + 1).join(':'))
  })
  return {
    commands: [...commands].sort((a, b) => (a.id < b.id ? -1 : 1)),
    topics: [...new Set(names)].sort().map((name) => ({ name, ...described[name] })),
  }
}
