import type { CliResult } from './cli.js'
import { describedCommands, outputFaults, stderrFaults } from './output-schema.js'

/** The command that a line with `--json` runs; undefined for one that prints no JSON. */
export function jsonCommand(args: readonly string[]): string | undefined {
  const end = args.indexOf('--')
  if (!(end < 0 ? args : args.slice(0, end)).includes('--json')) return undefined
  const words = args.slice(args[0] === '-c' ? 2 : 0)
  const ids = [3, 2, 1].map((count) => words.slice(0, count).join(':'))
  return ids.find((id) => describedCommands.includes(id))
}

/** What the lines of a run with `--json` have that the schema of the command does not know, or lack. */
export function jsonFaults(args: readonly string[], { stdout, stderr }: CliResult): string[] {
  const command = jsonCommand(args)
  if (command === undefined) return []
  return [
    ...linesOf(stdout).flatMap((line) => outputFaults(command, line)),
    ...linesOf(stderr).flatMap((line) => stderrFaults(line)),
  ].map((fault) => `${command} --json: ${fault}`)
}

const linesOf = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
