import { constants } from 'node:os'

/** What Go calls signals that end a program (snet-wire 4.5, `process failed: <e>`). */
const SIGNAL_TEXT: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGQUIT: 'quit',
  SIGILL: 'illegal instruction',
  SIGTRAP: 'trace/breakpoint trap',
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGPIPE: 'broken pipe',
  SIGALRM: 'alarm clock',
  SIGTERM: 'terminated',
}

/** How a program ended, in the words of the reference; undefined for exit code 0. */
export function endText(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  if (signal) return `signal: ${SIGNAL_TEXT[signal] ?? `signal ${constants.signals[signal]}`}`
  return code === 0 ? undefined : `exit status ${code}`
}
