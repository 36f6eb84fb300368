import { LiveLines } from '../terminal.js'
import { progressLine, ProgressMeter } from './progress.js'
import type { TestView } from './views.js'
import type { WatchCallbacks } from '../follow.js'

/** The tests of several hosts on a terminal: a line for each host, drawn again with each update. */
export class LiveTests {
  readonly #lines = new LiveLines()
  readonly #meters: ReadonlyMap<string, ProgressMeter>
  readonly #nameWidth: number

  constructor(names: readonly string[]) {
    this.#meters = new Map(names.map((name) => [name, new ProgressMeter(name)]))
    this.#nameWidth = Math.max(...names.map(({ length }) => length))
  }

  update(peer: string, tests: readonly TestView[]): void {
    this.#meters.get(peer)?.update(tests, performance.now())
    this.#draw()
  }

  outages(peer: string): WatchCallbacks {
    return {
      onAway: ({ message }) => {
        this.#meters.get(peer)?.goneAway(message)
        this.#draw()
      },
      // The coming update replaces what is drawn.
      onBack: () => undefined,
    }
  }

  #draw(): void {
    const widths = { nameWidth: this.#nameWidth, width: process.stdout.columns }
    this.#lines.draw([...this.#meters.values()].map((meter) => progressLine(meter.read(), widths)))
  }
}

/**
 * What to type once a watch has ended.
 *
 * @param hosts the flags that name them, as typed
 */
export function nextStep(
  tests: readonly TestView[],
  { program, hosts }: { program: string; hosts: readonly string[] },
): string {
  const command = (words: readonly string[]): string => `  ${[program, 'test', ...words, ...hosts].join(' ')}`
  const ran = tests.filter(({ run }) => run !== null)
  const [newest] = [...ran].sort((a, b) => (b.started ?? '').localeCompare(a.started ?? ''))
  if (newest?.run) {
    const isOver = ran.every(({ running }) => !running)
    return `\n${isOver ? 'All tests are done. Show the verdict with' : 'Some tests are still running. Show the results so far with'}:\n${command(['report', newest.run])}`
  }
  const [planned] = tests
  if (!planned) return '\nThese hosts have no tests.'
  return `\nNothing is running yet. Start with:\n${command(['start', planned.group, planned.name, '--wait-ready', '60s'])}`
}
