// Reads the imports of src/ and judges them by .dependency-cruiser.cjs.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { root } from './ready.mjs'

/**
 * @param base directory with the src/ to judge
 * @returns one line for each fault, among them that fewer modules were read than src/ has files: a rule sees nothing
 * in a module that was not read
 */
export async function judgeImports(base = root) {
  const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'))
  const tsConfig = join(root, 'tsconfig.json')
  const { output } = await cruise(
    ['src'],
    { ...options, tsConfig: { fileName: tsConfig }, baseDir: base, ruleSet: { forbidden }, validate: true },
    undefined,
    { tsConfig: extractTSConfig(tsConfig) },
  )
  const files = readdirSync(join(base, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts'))
  const read = output.modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts'))
  const comments = new Map(forbidden.map(({ name, comment }) => [name, comment]))
  const faults = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? [from, ...cycle.map(({ name }) => name)] : from === to ? [from] : [from, to]
    return `${rule.name}: ${way.join(' → ')}\n  ${comments.get(rule.name)}`
  })
  if (read.length < files.length) faults.push(`only ${read.length} of ${files.length} files of src/ were read`)
  return { faults, modules: read.length }
}
