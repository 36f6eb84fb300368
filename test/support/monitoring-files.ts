import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseYaml } from '../../src/settings/index.js'
import { packageRoot } from '../../src/shared/package.js'

/** A series that an expression asks for, with the labels that it is selected by or grouped by. */
export interface UsedSeries {
  readonly name: string
  readonly labels: readonly string[]
}

interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

const read = (file: string): Promise<string> => readFile(join(packageRoot, 'monitoring', file), 'utf8')

/** Every expression of the files for Grafana and Prometheus. */
export async function monitoringExpressions(): Promise<string[]> {
  const dashboard = JSON.parse(await read('grafana-dashboard.json')) as Dashboard
  const rules = parseYaml('alert-rules.yml', await read('alert-rules.yml')) as Rules
  return [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...rules.groups.flatMap(({ rules: of }) => of.map(({ expr }) => expr)),
  ]
}

/** Labels that Prometheus gives to all series. */
const OF_PROMETHEUS = ['job', 'instance']

export function seriesOf(expression: string): UsedSeries[] {
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/))
  return [...expression.matchAll(/\b((?:snetd|process|nodejs)_[a-z_]+)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', selected = '']) => {
      const own = [...selected.matchAll(/([a-z]+)=~?"/g)].map(([, label = '']) => label)
      return { name, labels: [...own, ...grouped].filter((label) => !OF_PROMETHEUS.includes(label)) }
    },
  )
}
