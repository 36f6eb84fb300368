import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pythonWith } from '../../../scripts/lib/python.mjs'

/** Longer than any of them takes; it is the program that is ended by it, not the test. */
const LIMIT_MS = 60_000

/** What a program of this directory says to a line of JSON. Error: what it complains of, or that the module is not there. */
export async function runPython(module: string, program: string, wish: object): Promise<string> {
  const python = pythonWith(module)
  if (python === undefined) throw new Error(`no python3 here has ${module}: "npm test" gets it, or says how to`)
  const child = spawn(python, [join(import.meta.dirname, program)], { timeout: LIMIT_MS })
  child.stdin.end(JSON.stringify(wish))
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (child.exitCode !== 0) throw new Error(`${program} ended with ${child.exitCode}: ${complaint}`)
  return out.trim()
}
