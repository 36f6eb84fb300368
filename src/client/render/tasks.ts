import { printable } from '../../shared/printable.js'

/** A step that a user watches; what `run` resolves with is shown beside the title. */
export interface Task {
  readonly title: string
  readonly run: () => Promise<string>
}

/**
 * Runs the tasks one after the other and shows them: with their time: live on a terminal, as
 * plain lines elsewhere, not at all if quiet.
 */
export async function runTasks(tasks: readonly Task[], { quiet }: { quiet: boolean }): Promise<void> {
  const { Listr, PRESET_TIMER } = await import('listr2')
  const list = new Listr(
    tasks.map(({ title, run }) => ({
      title,
      task: async (_context: unknown, shown: { title: string }) => {
        const told = await run()
        shown.title = told === '' ? title : `${title}: ${printable(told)}`
      },
    })),
    {
      renderer: quiet ? 'silent' : 'default',
      rendererOptions: { timer: PRESET_TIMER },
      fallbackRenderer: 'simple',
      fallbackRendererOptions: { timer: PRESET_TIMER },
      registerSignalListeners: false,
    },
  )
  await list.run()
}
