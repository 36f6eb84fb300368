const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

/** Loads the built program; only a Node that is new enough comes here. */
exports.runProgram = async (name, { root, pjson, complain }) => {
  // Only a clone has what builds the program.
  const isClone = existsSync(join(root, 'scripts', 'build.mjs'))
  const cure = isClone ? `Type this in ${root}: npm ci && npm run build` : 'Install the package again.'
  const program = join(root, 'dist', 'client', 'program.js')
  if (!existsSync(program)) return complain(`the program is not built. ${cure}`)
  try {
    const { runProgram } = await import(pathToFileURL(program).href)
    await runProgram({ name, argv: process.argv.slice(2), root, pjson })
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    complain(`a part is missing: ${error.message}. ${cure}`)
  }
}
