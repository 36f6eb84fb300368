import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = new URL('../dist/client/program.js', import.meta.url)

/** Runs the built command line under the name that was typed. */
export async function start(name) {
  if (!existsSync(program)) return complain('the program is not built yet')
  try {
    const { runProgram } = await import(program.href)
    const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    await runProgram({ name, argv: process.argv.slice(2), root, pjson })
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    complain(`a part is missing: ${error.message}`)
  }
}

function complain(what) {
  process.stderr.write(`Error: ${what}. Type this in ${root}: npm ci && npm run build\n`)
  process.exitCode = 3
}
