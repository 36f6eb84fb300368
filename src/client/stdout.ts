/** Ends the process, quietly, once the reader of stdout has seen enough and left; `| head` expects it. */
export function endWithReader(): void {
  process.stdout.on('error', endOnBrokenPipe)
}

/** Goes on when the reader has left: those who are served do not depend on who reads our stdout. */
export function outliveReader(): void {
  process.stdout.on('error', () => undefined).off('error', endOnBrokenPipe)
}

function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
}
