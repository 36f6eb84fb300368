import { basename, relative } from 'node:path'

/** How the user can type this program again: by its name where it is installed, by its path in a clone. */
export function typedProgram(bin: string): string {
  const script = process.argv[1] ?? bin
  return basename(script) === bin ? bin : `node ${relative(process.cwd(), script)}`
}
