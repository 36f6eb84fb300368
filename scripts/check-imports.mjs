// npm run check:imports: who may import whom. Fails when it read fewer modules than src/ has files.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const root = join(import.meta.dirname, '..')
process.chdir(root)
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig: extractTSConfig('tsconfig.json'),
})

const files = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts'))
const read = output.modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts'))
const { violations } = output.summary

for (const { rule, from, to, cycle } of violations) {
  const way = cycle ? [from, ...cycle.map(({ name }) => name)] : [from, to]
  console.error(`${rule.name}: ${way.join(' → ')}`)
}
for (const { name, comment } of forbidden.filter(({ name }) => violations.some(({ rule }) => rule.name === name))) {
  if (comment) console.error(`  ${name}: ${comment}`)
}
if (read.length < files.length) console.error(`only ${read.length} of ${files.length} files of src/ were read`)
console.log(`${read.length} modules, ${violations.length} violations`)
process.exitCode = violations.length > 0 || read.length < files.length ? 1 : 0
