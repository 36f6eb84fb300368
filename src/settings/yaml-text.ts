import { defaultLoaders } from 'cosmiconfig'

/** Far more than any file of settings or hosts holds. */
const MAX_VALUES = 10_000

/**
 * Parses YAML. An alias is the same value once more, so a few lines can stand for billions of values, or for one that
 * contains itself: they are counted as whoever reads them will meet them.
 */
export function parseYaml(path: string, text: string): unknown {
  const root: unknown = defaultLoaders['.yaml'](path, text)
  const open = [root]
  for (let read = 0; open.length > 0; read++) {
    if (read === MAX_VALUES) throw new Error(`it holds more than ${MAX_VALUES} values, those behind aliases included`)
    const value = open.pop()
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) open.push(part)
  }
  return root
}
