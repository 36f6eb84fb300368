import { LiveLines } from '../terminal.js'
import type { ChannelChange, KeptState } from './changes.js'
import { KeptScreen } from './screen.js'

/** Where a watch shows what it sees. */
export interface WatchDisplay {
  readonly show: (now: KeptState, changes: readonly ChannelChange[]) => void
  /** The daemon has gone, and is waited for. */
  readonly away: (why: string) => void
  readonly back: () => void
}

/** A table at the end of the terminal that is drawn again in place. */
export function createLiveDisplay(terminal: NodeJS.WriteStream): WatchDisplay {
  const [screen, lines] = [new KeptScreen(), new LiveLines()]
  const draw = (note = ''): void =>
    lines.draw(screen.lines({ width: terminal.columns || 80, height: terminal.rows || 24 }, note))
  return {
    show(now, changes) {
      screen.update(
        now,
        changes.map(({ channel }) => channel),
      )
      draw()
    },
    away: (why) => draw(`The daemon is away, waiting for it: ${why}`),
    // The state that comes with it is drawn at once.
    back: () => undefined,
  }
}
