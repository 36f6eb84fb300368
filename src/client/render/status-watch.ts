import type { StatusMessage } from '../../shared/wire/index.js'
import { LiveLines } from '../terminal.js'
import { renderStatus } from './status.js'

/** Where a status is shown that is asked again and again. */
export interface StatusDisplay {
  readonly show: (status: StatusMessage) => void
  /** The daemon has gone, and is waited for. */
  readonly away: (why: string) => void
}

/** A status at the end of the terminal that is drawn again in place: never wider, never higher, and never fewer lines. */
export function createStatusScreen(terminal: Pick<NodeJS.WriteStream, 'columns' | 'rows'>): StatusDisplay {
  const lines = new LiveLines()
  let latest: StatusMessage | undefined
  let most = 0
  const draw = (note?: string): void => {
    const { columns, rows } = terminal
    // A terminal that does not tell its size says 0.
    const [width, height] = [columns || 80, rows || 24]
    const body = latest ? renderStatus(latest, width).split('\n') : []
    const told = note === undefined ? body : [`NOT THERE, waited for: ${note}`.slice(0, width), ...body]
    const cut = told.slice(0, height - 1)
    most = Math.min(height - 1, Math.max(most, cut.length))
    lines.draw([...cut, ...Array<string>(most - cut.length).fill('')])
  }
  return {
    show(status) {
      latest = status
      draw()
    },
    away: (why) => draw(why),
  }
}

/** For a pipe: only what is other than before, whatever the time is and the newest block. */
export function createStatusTeller(
  tell: (status: StatusMessage) => void,
  tellAway: (why: string) => void,
): StatusDisplay {
  let before = ''
  return {
    show(status) {
      const now = JSON.stringify(status, (key, value: unknown) => (PASSING.includes(key) ? undefined : value))
      if (now !== before) tell(status)
      before = now
    },
    away: tellAway,
  }
}

const PASSING = ['uptime_seconds', 'chain_age_seconds', 'block']
